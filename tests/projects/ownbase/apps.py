from django.apps import AppConfig


class OwnBaseConfig(AppConfig):
    name = "tests.projects.ownbase"
    label = "ownbase"
    default_auto_field = "django.db.models.BigAutoField"
