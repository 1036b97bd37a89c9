"""A cache server that is away."""

from django.core.cache.backends.base import BaseCache


class BrokenCache(BaseCache):
    def __init__(self, name, params):
        super().__init__(params)

    def add(self, *args, **kwargs):
        raise ConnectionError("connection refused")

    get = set = touch = delete = clear = incr = add
