"""Small files of other programs, made by hand."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""
RELS = """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/>
</Relationships>"""


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str) -> str:
    """A paragraph of Word."""
    return f"<w:p><w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"


def word_xml(tag: str, inner: str) -> str:
    """A part of a Word document."""
    more = " ".join(f"xmlns:{one}='urn:{one}'" for one in ("v", "m", "d", "mc"))
    return f"<?xml version='1.0' encoding='UTF-8'?><w:{tag} xmlns:w='{W}' {more}>{inner}</w:{tag}>"


def docx(*body: str, parts: dict[str, str] | None = None) -> bytes:
    """A Word document whose body is this XML, with more parts."""
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELS.format("word/document.xml"),
            "word/document.xml": word_xml("document", f"<w:body>{''.join(body)}</w:body>"),
            **(parts or {}),
        }
    )


def odt(*paragraphs: str, head: str = "") -> bytes:
    """A text of OpenDocument; each paragraph is XML, `head` stands over each page."""
    names = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "text", "table", "style")
    )
    body = "".join(f"<text:p>{one}</text:p>" for one in paragraphs)
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    manifest = '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": f"<office:document-styles {names}><style:header><text:p>{head}</text:p></style:header></office:document-styles>",
            "META-INF/manifest.xml": manifest,
        }
    )


def xlsx(rows: list[list[str]], at: str = "") -> bytes:
    """A workbook with one sheet of text, and with one cell more at a place."""
    letters = "ABCDEFGHIJKLMNOP"
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{letters[at]}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for at, cell in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    if at:
        number = at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        cells += f'<row r="{number}"><c r="{at}" t="inlineStr"><is><t>x</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return zipped({
        "[Content_Types].xml": TYPES.replace("</Types>", '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'),
        "_rels/.rels": RELS.format("xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Talk" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    })  # fmt: skip


def pdf(*pages: list[str]) -> bytes:
    """A PDF with a text layer, a line below the other."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        shown = (
            "BT /F1 10 Tf 40 780 Td "
            + "".join(
                f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj 0 -14 Td "
                for line in lines
            )
            + "ET"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _pdf(objects)


def pages(number: int) -> bytes:
    """A PDF with one empty page that is listed many times."""
    return _pdf(["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{'3 0 R ' * number}] /Count {number} >>",
                 "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"])  # fmt: skip


def forms_of_forms(depth: int) -> bytes:
    """A PDF whose page draws a form ten times, which draws another ten times, and so on."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
    ]
    shown = "/X Do " * 10
    for number in range(4, depth + 4):
        inner = f"/Resources << /XObject << /X {number + 1} 0 R >> >>" if number < depth + 3 else ""
        objects.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {inner} /Length {len(shown)} >>\nstream\n{shown}\nendstream"
        )
    return _pdf(objects)


def _pdf(objects: list[str]) -> bytes:
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    return out.encode("latin-1")


def table(*rows: list[str]) -> str:
    """A table of Word."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{one}</w:tr>' for one in cells)}</w:tbl>"


def guid(number: int) -> str:
    """A GUID."""
    return f"00000000-0000-4000-8000-{number:012d}"


def qde(body: str, name: str = "demo") -> str:
    """A project of REFI-QDA with two coders (GUIDs 1 and 2), two codes (11, and 12 below it) and this XML behind them."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="{name}" origin="Tool 1">'
        f'<Users><User guid="{guid(1)}" name="Alice A."/><User guid="{guid(2)}" name="Bob"/></Users><CodeBook><Codes>'
        f'<Code guid="{guid(11)}" name="Barriers" isCodable="false"><Description>what is in the way</Description>'
        f'<Code guid="{guid(12)}" name="Cost, or time" isCodable="true" color="nonsense"/></Code></Codes></CodeBook>{body}</Project>'
    )


def selection(
    start: object, end: object, code: int = 12, coder: int = 1, name: str = "", inside: str = ""
) -> str:
    """A coded selection of a text."""
    return (
        f'<PlainTextSelection guid="{guid(99)}" startPosition="{start}" endPosition="{end}" name="{escape(name)}">{inside}'
        f'<Coding guid="{guid(98)}" creatingUser="{guid(coder)}"><CodeRef targetGUID="{{{guid(code).upper()}}}"/></Coding>'
        "</PlainTextSelection>"
    )


def text_source(selections: str, path: str = f"internal://{guid(31)}.txt", name: str = "int1.txt") -> str:
    """A text (GUID 30) with its selections."""
    return f'<TextSource guid="{guid(30)}" name="{escape(name)}" plainTextPath="{path}">{selections}</TextSource>'


def qdpx(body: str, texts: dict[str, str | bytes] | None = None) -> bytes:
    """A .qdpx with this XML behind its codes and these files."""
    return zipped({"Project.QDE": qde(body), **(texts or {})})


def taguette(page: str, highlights: list[tuple[int, int, int]], *more: str) -> bytes:
    """A database as Taguette writes it, with one document, tags 1 `Barriers` and 2 `Barriers.Cost`, highlights (start, end,
    tag), and more SQL."""
    base = sqlite3.connect(":memory:")
    base.executescript("""
        CREATE TABLE projects (id INTEGER, name TEXT, description TEXT);
        CREATE TABLE documents (id INTEGER, name TEXT, description TEXT, filename TEXT, contents TEXT);
        CREATE TABLE tags (id INTEGER, path TEXT, description TEXT);
        CREATE TABLE highlights (id INTEGER, document_id INTEGER, start_offset INTEGER, end_offset INTEGER);
        CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
        CREATE TABLE commands (id INTEGER, user_login TEXT, payload TEXT);
        INSERT INTO projects VALUES (1, 'demo', '');
        INSERT INTO tags VALUES (1, 'Barriers', 'in the way'), (2, 'Barriers.Cost', '');
    """)
    base.execute("INSERT INTO documents VALUES (1, 'int1', '', 'int1.html', ?)", (page,))
    for number, (start, end, tag) in enumerate(highlights, 1):
        base.execute("INSERT INTO highlights VALUES (?, 1, ?, ?)", (number, start, end))
        base.execute("INSERT INTO highlight_tags VALUES (?, ?)", (number, tag))
        done = f'{{"type": "highlight_add", "highlight_id": {number}}}'
        base.execute("INSERT INTO commands VALUES (?, 'ani', ?)", (number, done))
    for one in more:
        base.execute(one)
    base.commit()
    data = base.serialize()
    base.close()
    return data
