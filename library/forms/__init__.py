"""Forms of the library's admin pages."""
