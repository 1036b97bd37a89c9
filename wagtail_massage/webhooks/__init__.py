"""Webhooks: other systems are told what has changed for the public. Needs no other room of ours.

Pages are heard through Django's own signals, comments through those of the comments room where it is installed.

events       the kinds of events, and what a delivery came to
places       on which site, under which path and tags a page is
page_events  what pages do; comment_events: what the comments room announces
audience     who listens
outbox       events and deliveries, written in the transaction of the change
delivery     what is due is leased, sent, tried again, given up
signing      Standard Webhooks: ids, times, signatures, secrets
targets      which addresses may be called; sending: one call to exactly such an address
views        endpoints and the log in Wagtail's admin
"""
