"""Documents as other programs make them: slides, pages of HTML, a cartridge."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from pptx import Presentation
from pptx.util import Cm

from tests.coursed import picture


def zipped(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def slides(number: int = 12) -> bytes:
    """Each with a title, three lines, notes; a picture, a table and a group on some."""
    deck = Presentation()
    for count in range(number):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Слайд {count + 1}"
        body = slide.placeholders[1].text_frame
        body.text = f"Бірінші ой {count}"
        body.add_paragraph().text = "Екінші ой"
        run = body.add_paragraph().add_run()
        run.text, run.font.bold = "Маңызды", True
        slide.notes_slide.notes_text_frame.text = f"Ескертпе {count}"
        if count % 2:
            shape = slide.shapes.add_picture(io.BytesIO(picture(80 + count, 60)), Cm(1), Cm(1))
            shape._element.nvPicPr.cNvPr.set("descr", f"Сурет {count}")
        if count % 3 == 0:
            table = slide.shapes.add_table(2, 3, Cm(1), Cm(8), Cm(10), Cm(3)).table
            table.cell(1, 2).text = f"Ұяшық {count}"
        if count % 4 == 0:
            group = slide.shapes.add_group_shape()
            group.shapes.add_textbox(Cm(1), Cm(1), Cm(3), Cm(1)).text_frame.text = f"Топта {count}"
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>p {{ color: red }}</style></head>
<body onload="alert(1)"><nav><a href="two.html">Келесі</a></nav><h1>{title}</h1>
<p>Қысым <b>күштің</b> ауданға <span style="x">қатынасы</span>, H<sub>2</sub>O, <a href="https://example.org/">сілтеме</a>.</p>
<h2>Кесте</h2><table><caption>Тығыздық</caption><tr><th>Зат</th><th>ρ</th></tr><tr><td>су</td><td>1000</td></tr></table>
<ul><li>бір<ul><li>ішкі</li></ul></li><li><p>екі</p></li></ul><ol><li>бірінші</li></ol>
<figure><img src="img/%D1%81%D1%83.png" alt="Су"><figcaption>Судың суреті</figcaption></figure>
<math display="block"><mfrac><mi>F</mi><mi>S</mi></mfrac></math><p>мұнда <math><msup><mi>x</mi><mn>2</mn></msup></math> бар</p>
<pre>a = 1
b = 2</pre><blockquote>Дәйексөз</blockquote><p><a href="files/doc.pdf">Құжат</a></p>
{more}</body></html>"""


def pages() -> bytes:
    return zipped(
        {
            "site/index.html": PAGE.format(title="Бірінші бет", more=""),
            "site/two.html": PAGE.format(title="Екінші бет", more="<script>alert(1)</script><iframe src='//x'></iframe>"),
            "site/img/су.png": picture(40, 30), "site/files/doc.pdf": b"%PDF-1.4 x", "site/img/unused.png": picture(9, 9),
            "site/old.html": PAGE.format(title="Ескі", more="<p>Давление жидкости</p>").replace("utf-8", "windows-1251").encode("cp1251", "replace"),
        }
    )  # fmt: skip


def item(ident: str, profile: str, ask: str, body: str, right: str) -> str:
    return f"""<item ident="{ident}"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>
<fieldentry>{profile}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation><material><mattext
texttype="text/html">{ask}</mattext></material>{body}</presentation><resprocessing><outcomes><decvar varname="SCORE"/></outcomes>
{right}</resprocessing><itemfeedback ident="general_fb"><material><mattext>Себебі</mattext></material></itemfeedback></item>"""


def lid(kind: str, options: list[str]) -> str:
    labels = "".join(
        f'<response_label ident="o{n}"><material><mattext>{one}</mattext></material></response_label>'
        for n, one in enumerate(options)
    )
    return f'<response_lid ident="r" rcardinality="{kind}"><render_choice>{labels}</render_choice></response_lid>'


def gives(*conditions: str) -> str:
    return "".join(
        f'<respcondition><conditionvar>{one}</conditionvar><setvar varname="SCORE">100</setvar></respcondition>'
        for one in conditions
    )


def equal(value: str) -> str:
    return f'<varequal respident="r">{value}</varequal>'


QTI = "".join([
    '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Тест"><section ident="s">',
    item("q1", "cc.multiple_choice.v0p1", "&lt;p&gt;2 + 2?&lt;/p&gt;", lid("Single", ["3", "4"]), gives(equal("o1"))),
    item("q2", "cc.true_false.v0p1", "Су ылғал ма?", lid("Single", ["Иә", "Жоқ"]), gives(equal("o0"))),
    item("q3", "cc.multiple_response.v0p1", "Жай сандар?", lid("Multiple", ["2", "3", "4"]),
         gives(f"<and>{equal('o0')}{equal('o1')}<not>{equal('o2')}</not></and>")),
    item("q4", "cc.fib.v0p1", "Астана?", '<response_str ident="r"><render_fib/></response_str>', gives(equal("Астана"))),
    item("q5", "cc.essay.v0p1", "Жазыңыз", '<response_str ident="r"><render_fib/></response_str>', ""),
    item("q6", "cc.pattern_match.v0p1", "Үлгі", '<response_str ident="r"><render_fib/></response_str>', gives("<varsubstring respident='r'>x</varsubstring>")),
    "</section></assessment></questestinterop>",
])  # fmt: skip

MANIFEST = """<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion></metadata>
<organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="root">
 <item identifier="f1"><title>Бірінші бөлім</title>
  <item identifier="i1" identifierref="page"><title>Бет</title></item>
  <item identifier="i2" identifierref="link"><title>Сілтеме</title></item>
  <item identifier="f2"><title>Ішкі</title><item identifier="i3" identifierref="topic"><title>Талқылау</title></item></item></item>
 <item identifier="i4" identifierref="quiz"><title>Сынақ</title></item>
 <item identifier="i5" identifierref="tool"><title>Құрал</title></item>
 <item identifier="i6" identifierref="pdf"><title>Файл</title></item>
</item></organization></organizations>
<resources>
 <resource identifier="page" type="webcontent" href="wiki/page.html"><file href="wiki/page.html"/></resource>
 <resource identifier="link" type="imswl_xmlv1p3"><file href="link.xml"/></resource>
 <resource identifier="topic" type="imsdt_xmlv1p3"><file href="topic.xml"/></resource>
 <resource identifier="quiz" type="imsqti_xmlv1p2/imscc_xmlv1p3/assessment"><file href="quiz.xml"/></resource>
 <resource identifier="tool" type="imsbasiclti_xmlv1p3"><file href="lti.xml"/></resource>
 <resource identifier="pdf" type="webcontent" href="web_resources/doc.pdf"><file href="web_resources/doc.pdf"/></resource>
 <resource identifier="image" type="webcontent" href="web_resources/a b.png"><file href="web_resources/a b.png"/></resource>
 <resource identifier="alone" type="webcontent" href="web_resources/alone.html"><file href="web_resources/alone.html"/></resource>
</resources></manifest>"""


def cartridge(**changed: Any) -> bytes:
    topic = "<topic xmlns='http://www.imsglobal.org/xsd/imsccv1p3/imsdt_v1p3'><title>Пікір</title><text texttype='text/html'>&lt;p&gt;Не &lt;b&gt;ойлайсыз&lt;/b&gt;?&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</text></topic>"
    return zipped(
        {
            "imsmanifest.xml": MANIFEST,
            "wiki/page.html": "<html><body><p>Мәтін</p><img src='$IMS-CC-FILEBASE$/a%20b.png' alt='Сурет'></body></html>",
            "link.xml": "<webLink xmlns='http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3'><title>Сайт</title><url href='https://example.org/a?b=1&amp;c=2'/></webLink>",
            "topic.xml": topic, "quiz.xml": QTI, "lti.xml": "<cartridge_basiclti_link/>",
            "web_resources/doc.pdf": b"%PDF-1.4 x", "web_resources/a b.png": picture(30, 20),
            "web_resources/alone.html": "<p>x</p>",
            **changed,
        }
    )  # fmt: skip
