"""Who may see and change webhooks: Django's permissions for `WebhookEndpoint`, granted in Settings > Groups."""

from wagtail.permission_policies import ModelPermissionPolicy

from .models import WebhookEndpoint

SEE = ("add", "change", "delete", "view")
"""Any of these lets somebody look at endpoints and at the log; secrets are shown to nobody a second time."""

endpoint_policy = ModelPermissionPolicy(WebhookEndpoint)
