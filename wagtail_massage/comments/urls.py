"""Public HTML addresses of the comments room, all below `massage/comments/`."""

from django.urls import path

from .views import commenting

app_name = "wagtail_massage_comments"

urlpatterns = [
    path("<int:page_id>/", commenting.comments, name="list"),
    path("<int:page_id>/reply/<uuid:comment_id>/", commenting.reply, name="reply"),
    path("<int:page_id>/replies/<uuid:comment_id>/", commenting.replies, name="replies"),
    path("<int:page_id>/thanks/<uuid:comment_id>/", commenting.thanks, name="thanks"),
]
