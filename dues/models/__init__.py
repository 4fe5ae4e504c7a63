"""The dues order, its rates, and the page that shows them."""

from dues.models.order import DuesOrder, OrderFrozenError
from dues.models.page import DuesPage
from dues.models.rate import DuesRate

__all__ = ["DuesOrder", "DuesPage", "DuesRate", "OrderFrozenError"]
