"""The second factor: one-time codes, passkeys, recovery codes.

django-allauth keeps the devices and does the mathematics; Wagtail's sign-in stays the only one. Whoever has a device,
or needs one because of what they may see, counts as signed in only after showing it: until then the middleware lets
them pass for nobody.
"""
