"""The names under which membership's mails lie in the queue; each is also its template's folder."""

CONFIRM = "application_confirm"
RECEIVED = "application_received"
ACCEPTED = "application_accepted"
REJECTED = "application_rejected"
OFFICE_NOTICE = "office_notice"
BOARD_NOTICE = "board_notice"
