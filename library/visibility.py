"""Which collections everybody may read; kept per content version, so that showing a list asks nothing twice."""

from wagtail.models import Collection, CollectionViewRestriction

from portal.delivery.snapshot import snapshot

PART = "library.public_collections"


def collect_public_collections() -> frozenset[int]:
    """Collections without a restriction of their own or of one above them."""
    public = Collection.objects.all()
    for restriction in CollectionViewRestriction.objects.select_related("collection"):
        public = public.not_descendant_of(restriction.collection, inclusive=True)
    return frozenset(public.values_list("pk", flat=True))


def public_collections() -> frozenset[int]:
    """Primary keys of the collections everybody may read."""
    return snapshot().part(PART)
