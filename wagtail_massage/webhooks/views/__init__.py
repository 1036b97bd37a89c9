"""Webhooks in Wagtail's admin: endpoints, their secrets, and the log of what was delivered.

access      who is let in, addresses, breadcrumbs
endpoints   the list, and forms to add, change and delete one
endpoint    one endpoint: its secrets, its last deliveries, the test button
log         what was delivered, narrowed and one by one, and the button that delivers again
viewset     where Wagtail mounts all that
"""
