"""A strict reader of pages."""

from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "source"}


class Read(HTMLParser):
    """A page as a strict reader sees it: every element is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} {names}"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def meta(self) -> dict[str, str]:
        """What programs are told, by name."""
        return {
            each.get("property") or each.get("name", ""): each.get("content", "")
            for tag, each in self.elements
            if tag == "meta"
        }

    def all(self, tag: str) -> list[dict[str, str]]:
        return [each for name, each in self.elements if name == tag]
