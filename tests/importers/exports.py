"""Comment exports of our own making, in the manner of WordPress and Disqus; their people are invented."""

from __future__ import annotations

from xml.sax.saxutils import escape

SITE = "https://old.example/blog"


def comment(own, parent=0, *, at="2023-08-16 12:18:00", local=None, text="Warm towels.", **values):
    """A comment in WXR. `values` replace or add elements, without their prefix."""
    elements = {
        "comment_id": own,
        "comment_author": "Wren A.",
        "comment_author_email": "wren@example.com",
        "comment_author_IP": "192.0.2.7",
        "comment_date": local or at,
        "comment_date_gmt": at,
        "comment_content": text,
        "comment_approved": 1,
        "comment_type": "",
        "comment_parent": parent,
    } | values
    inner = "".join(f"<wp:{name}>{escape(str(value))}</wp:{name}>" for name, value in elements.items())
    return f"<wp:comment>{inner}</wp:comment>"


def item(*comments, own=7, slug="warm-stones", url="", title="Warm stones", kind="post", **values):
    """A post in WXR with its comments. `values` add elements, without their prefix."""
    more = "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in values.items())
    return (
        f"<item><title>{escape(title)}</title><link>{escape(url or f'{SITE}/2023/08/{slug}/')}</link>"
        f"<wp:post_id>{own}</wp:post_id><wp:post_date_gmt>2023-08-01 10:00:00</wp:post_date_gmt>"
        f"<wp:post_name>{slug}</wp:post_name><wp:post_type>{kind}</wp:post_type>{more}{''.join(comments)}</item>\n"
    )


def wxr(*items, version="1.2"):
    """A whole WXR file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<rss version="2.0" xmlns:wp="http://wordpress.org/export/{version}/">\n'
        f"<channel><title>Old blog</title><link>{SITE}</link>"
        f"<wp:base_blog_url>{SITE}</wp:base_blog_url>\n{''.join(items)}</channel></rss>\n"
    )


def post(own, parent="", *, thread=1, at="2023-08-16T12:18:00Z", text="<p>Warm towels.</p>", **flags):
    """A comment in Disqus's XML. `flags` are elements that say true or false."""
    inner = "".join(f"<{name}>{str(value).lower()}</{name}>" for name, value in flags.items())
    answered = f'<parent dsq:id="{parent}"/>' if parent else ""
    return (
        f'<post dsq:id="{own}"><id/><message><![CDATA[{text}]]></message><createdAt>{at}</createdAt>{inner}'
        "<author><name>Wren A.</name><isAnonymous>true</isAnonymous></author><ipAddress>192.0.2.7</ipAddress>"
        f'<thread dsq:id="{thread}"/>{answered}</post>\n'
    )


def disqus(*posts, threads=(1,)):
    """A whole file of Disqus's."""
    head = "".join(
        f'<thread dsq:id="{own}"><id>old-{own}</id><link>{SITE}/warm-stones.html?utm=1</link>'
        f"<title>Thread {own}</title><createdAt>2023-08-01T10:00:00Z</createdAt>"
        "<author><name>Ada</name></author></thread>\n"
        for own in threads
    )
    return (
        '<?xml version="1.0"?>\n<disqus xmlns="http://disqus.com" '
        f'xmlns:dsq="http://disqus.com/disqus-internals">\n{head}{"".join(posts)}</disqus>\n'
    )
