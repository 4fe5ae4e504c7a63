"""The editing form of a draft."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

from dues.forms import DuesRateForm

RATE_PANELS = [
    FieldPanel("category"),
    FieldPanel("note"),
    FieldRowPanel([FieldPanel("applicant_kinds"), FieldPanel("membership_types")]),
    FieldPanel("amount_type"),
    FieldRowPanel([FieldPanel("amount"), FieldPanel("admission_fee")]),
    FieldRowPanel([FieldPanel("percent"), FieldPanel("base_label")]),
    FieldRowPanel([FieldPanel("floor"), FieldPanel("cap")]),
    FieldRowPanel([FieldPanel("is_reduced"), FieldPanel("needs_board_decision")]),
    FieldPanel("proof"),
    FieldPanel("paragraph"),
]


class RatesPanel(InlinePanel):
    """The rates as rows, each checked by DuesRateForm."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = DuesRateForm
        return options


edit_handler = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title"),
                FieldPanel("valid_from"),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("resolution_date"), FieldPanel("resolution_body")]),
                        FieldPanel("resolution_reference"),
                    ],
                    heading=_("Beschluss"),
                ),
                FieldPanel("preamble"),
                FieldPanel("paragraphs"),
            ],
            heading=_("Wortlaut"),
        ),
        ObjectList(
            [RatesPanel("rates", panels=RATE_PANELS, heading=_("Beitragssätze"), label=_("Beitragssatz"))],
            heading=_("Beitragssätze"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [FieldPanel("first_year_rule"), FieldPanel("first_year_paragraph")],
                    heading=_("Beitrag im ersten Jahr"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("due_rule"),
                        FieldRowPanel([FieldPanel("due_day"), FieldPanel("due_month")]),
                        FieldPanel("due_days_after_admission"),
                        FieldPanel("due_paragraph"),
                    ],
                    heading=_("Fälligkeit"),
                ),
                MultiFieldPanel(
                    [FieldPanel("admission_fee"), FieldPanel("admission_fee_paragraph")], heading=_("Aufnahmegebühr")
                ),
                FieldPanel("payment_ways"),
            ],
            heading=_("Regeln und Zahlung"),
        ),
    ]
)
