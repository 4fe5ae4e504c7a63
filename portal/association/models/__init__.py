"""The association: its settings, the versions of its legal texts, the terms of its board."""

from portal.association.models.board_term import BoardTerm, is_board_member
from portal.association.models.legal_text import FrozenText, LegalText
from portal.association.models.settings import AssociationSettings

__all__ = ["AssociationSettings", "BoardTerm", "FrozenText", "LegalText", "is_board_member"]
