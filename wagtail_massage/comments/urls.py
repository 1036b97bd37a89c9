"""Public HTML addresses of the comments room."""

app_name = "wagtail_massage_comments"

urlpatterns: list = []
