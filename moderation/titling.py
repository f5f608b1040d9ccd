"""What a list calls a case. Pure."""

HEADLINE_LENGTH = 90


def headline(text: str) -> str:
    """The first words of a masked text, cut at a space: what a list shows."""
    flat = " ".join(text.split())
    if len(flat) <= HEADLINE_LENGTH:
        return flat
    return flat[:HEADLINE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
