"""How a list of words may call its columns, in any of three languages."""

from __future__ import annotations

COLUMNS = {
    "word": "word", "сөз": "word", "слово": "word",
    "language": "language", "тіл": "language", "тілі": "language", "язык": "language",
    "other": "other", "аударма": "other", "перевод": "other",
    "meaning": "meaning", "мағына": "meaning", "мағынасы": "meaning", "значение": "meaning",
    "subject": "subject", "пән": "subject", "предмет": "subject",
}  # fmt: skip
RUSSIAN = ("ru", "ор", "ру")  # орыс, русский
