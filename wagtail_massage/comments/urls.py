"""Public HTML addresses of the comments room, all below `massage/comments/`."""

from django.urls import path

from . import views

app_name = "wagtail_massage_comments"

urlpatterns = [
    path("<int:page_id>/", views.comments, name="list"),
    path("<int:page_id>/reply/<uuid:comment_id>/", views.reply, name="reply"),
    path("<int:page_id>/replies/<uuid:comment_id>/", views.replies, name="replies"),
    path("<int:page_id>/thanks/<uuid:comment_id>/", views.thanks, name="thanks"),
]
