"""Tables of the library."""

from lms.library.models.carrying import (
    CARRIER_STATES,
    SHELF_READERS,
    Carrier,
    CartItem,
    Collection,
    CollectionItem,
)
from lms.library.models.council import CASE_STAGES, PARTS, VERDICTS, CouncilCase, CouncilSeat, CouncilVoice
from lms.library.models.harvesting import HARVEST_STATES, Harvest, HarvestSource
from lms.library.models.readers import (
    LibraryNotice,
    ResourceRating,
    ResourceUse,
    SavedSearch,
)
from lms.library.models.resources import (
    KINDS,
    LICENCES,
    STATES,
    Resource,
    ResourceBand,
    ResourceBundle,
    ResourceEvent,
    ResourceFile,
    ResourceObjective,
    ResourceText,
    ResourceVersion,
)
from lms.library.models.words import DICTIONARY_KINDS, Dictionary, DictionaryEntry, DictionaryKey

__all__ = [
    "CARRIER_STATES", "CASE_STAGES", "DICTIONARY_KINDS", "HARVEST_STATES", "KINDS", "LICENCES", "PARTS", "STATES", "VERDICTS",
    "Carrier", "CartItem", "Collection", "CollectionItem", "CouncilCase", "CouncilSeat", "CouncilVoice", "Dictionary",
    "DictionaryEntry", "DictionaryKey", "Harvest", "HarvestSource",
    "LibraryNotice", "Resource", "ResourceBand", "ResourceBundle", "ResourceEvent", "ResourceFile", "ResourceObjective",
    "ResourceRating", "ResourceText", "ResourceUse", "ResourceVersion", "SHELF_READERS", "SavedSearch",
]  # fmt: skip
