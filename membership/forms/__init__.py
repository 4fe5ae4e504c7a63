"""Forms built from the one definition in ``membership.fields``."""
