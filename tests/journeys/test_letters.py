"""Kazakh is drawn in one font: a word in which some letters come from elsewhere looks like a mistake."""

from playwright.sync_api import Page

from tests.journeys.conftest import Running

LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"


def test_all_nine_letters_come_from_the_font_of_the_text(page: Page, running: Running) -> None:
    page.goto("/sign-in")
    page.evaluate(
        """(text) => {
          document.querySelector('h1').textContent = text + 'Абай';
          return new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
        }""",
        LETTERS,
    )
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert len(fonts) == 1, fonts
    assert fonts[0]["glyphCount"] == len(LETTERS + "Абай")
