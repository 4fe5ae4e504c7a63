"""The addresses of one application in the admin, below /admin/antraege/<key>/; a new step is a line here."""

from django.urls import URLPattern, path

from membership.staff import address, completion, correction, decision, detail, files, invitations, papers, privacy

STEPS: list[URLPattern] = [
    path("<int:pk>/", detail.DetailView.as_view(), name="inspect"),
    path("<int:pk>/pdf/", detail.PaperView.as_view(), name="paper"),
    path("<int:pk>/dateien/neu/", files.AddFileView.as_view(), name="add_file"),
    path("<int:pk>/dateien/<int:file>/", files.FileView.as_view(), name="file"),
    path("<int:pk>/dateien/<int:file>/original/", files.OriginalFileView.as_view(), name="original_file"),
    path("<int:pk>/eingang/", papers.OriginalView.as_view(), name="record_original"),
    path("<int:pk>/unterschriften/", papers.SignaturesView.as_view(), name="record_signatures"),
    path("<int:pk>/unterschriften/stand/", papers.SignatureCountView.as_view(), name="signature_count"),
    path("<int:pk>/einladungen/neu/", invitations.AddView.as_view(), name="invite"),
    path("<int:pk>/einladungen/<int:position>/", invitations.ReplaceView.as_view(), name="replace_cosigner"),
    path("<int:pk>/einladungen/<int:position>/erneut/", invitations.ResendView.as_view(), name="resend_invitation"),
    path("<int:pk>/einladungen/<int:position>/rueckzug/", invitations.RevokeView.as_view(), name="revoke_invitation"),
    path("<int:pk>/berichtigen/", correction.CorrectionView.as_view(), name="correct"),
    path("<int:pk>/e-mail/", address.EmailView.as_view(), name="change_email"),
    path("<int:pk>/pruefen/<slug:code>/", completion.CheckLineView.as_view(), name="check_line"),
    path("<int:pk>/rueckfrage/", completion.RequestCompletionView.as_view(), name="request_completion"),
    path("<int:pk>/antwort/", completion.AnswerCompletionView.as_view(), name="answer_completion"),
    path("<int:pk>/beschlussreif/", completion.ReadyView.as_view(), name="mark_ready"),
    path("<int:pk>/rueckzug/", completion.WithdrawView.as_view(), name="withdraw"),
    path("<int:pk>/zurueck/", completion.ReopenView.as_view(), name="reopen"),
    path("<int:pk>/abstimmung/", decision.OpenVoteView.as_view(), name="open_vote"),
    path("<int:pk>/stimme/", decision.BallotView.as_view(), name="cast_ballot"),
    path("<int:pk>/abstimmung-abbrechen/", decision.CancelVoteView.as_view(), name="cancel_vote"),
    path("<int:pk>/sitzung/", decision.MeetingView.as_view(), name="record_meeting"),
    path("<int:pk>/rueckgaengig/", decision.ReverseView.as_view(), name="reverse"),
    path("<int:pk>/notiz/", decision.NoteView.as_view(), name="add_note"),
    path("<int:pk>/beschluss/<int:decision>/", decision.ExtractView.as_view(), name="extract"),
    path("<int:pk>/zugriffe/", privacy.AccessView.as_view(), name="access"),
    path("<int:pk>/loeschen/", privacy.EraseView.as_view(), name="erase"),
]
