"""Public HTML addresses of the comments room, all below `massage/comments/`."""

from django.urls import path

from .views import commenting, feed, health, mails, member, permalink, receipt, reports

app_name = "wagtail_massage_comments"

urlpatterns = [
    path("<int:page_id>/", commenting.comments, name="list"),
    path("<int:page_id>/reply/<uuid:comment_id>/", commenting.reply, name="reply"),
    path("<int:page_id>/replies/<uuid:comment_id>/", commenting.replies, name="replies"),
    path("<int:page_id>/comment/<uuid:comment_id>/", permalink.permalink, name="permalink"),
    path("<int:page_id>/report/<uuid:comment_id>/", reports.report, name="report"),
    path("<int:page_id>/reported/", reports.reported, name="reported"),
    path("<int:page_id>/feed/", feed.feed, name="feed"),
    path("<int:page_id>/thanks/<uuid:comment_id>/", commenting.thanks, name="thanks"),
    path("<int:page_id>/member/", member.member_form, name="member_form"),
    path("identity/", member.identity, name="identity"),
    path("health/<uuid:comment_id>/", health.question, name="health"),
    path("forget/", health.forget, name="forget"),
    path("receipt/<str:token>/choice/", receipt.choice, name="choice"),
    path("receipt/<str:token>/withdraw/", receipt.withdraw, name="withdraw"),
    # A token with slashes is no token, but answered here all the same: Django would log its address.
    path("receipt/<path:token>/", receipt.receipt, name="receipt"),
    path("confirm/<path:token>/", mails.confirm, name="confirm"),
    path("unsubscribe/<path:token>/", mails.unsubscribe, name="unsubscribe"),
]
