"""The floor every room stands on. It knows no room: rooms import it, never the other way round."""
