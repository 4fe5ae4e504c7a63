"""What office and board do in the admin, cut by role.

``base`` is what every page of one application shares; ``panels`` and ``detail`` are the page itself; ``papers`` holds
the office's steps, ``decision`` the board's; ``urls`` the addresses. No view or form here writes a state: each step
calls one function of ``membership.domain``.
"""
