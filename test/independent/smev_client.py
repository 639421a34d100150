"""
A participant's client that shares no code with the gateway: envelopes as text, lxml, cryptography, urllib.
Reads one JSON command a line and answers each with one JSON line; `python3 smev_client.py URL CERTIFICATES` starts it.
"""
import base64
import json
import os
import re
import sys
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timezone

from lxml import etree

from smev_signature import Key, by_id, der_of, exclusive, signer_of, smev_transform, strict_parser

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
BASE = "urn://x-artefacts-smev-gov-ru/services/message-exchange/types/"
BOUNDARY = "----=_Part_7_independent"


class Client:
    def __init__(self, url, folder):
        self.url, self.folder = url, folder
        names = sorted(n for n in os.listdir(folder) if n != "ca" and not n.startswith("."))
        files = {n: os.path.join(folder, n, "ec.cert.pem" if n == "gateway" else "rsa.cert.pem") for n in names}
        self.registered = {der_of(file): name for name, file in files.items()}

    def key_of(self, mnemonic):
        path = lambda end: os.path.join(self.folder, mnemonic, "rsa." + end + ".pem")
        return Key(path("key"), path("cert"))

    def send(self, c):
        """SendRequest, or SendResponse where the command has `to`."""
        version, files = c["version"], c.get("attachments", [])
        message_id, wire_id = str(uuid.uuid1()), "ID_" + uuid.uuid4().hex
        headers = "".join(
            f"<bas:AttachmentHeader><bas:contentId>{f['id']}</bas:contentId><bas:MimeType>{f['mime']}</bas:MimeType></bas:AttachmentHeader>"
            for f in files
        )
        headers = headers and f"<bas:AttachmentHeaderList>{headers}</bas:AttachmentHeaderList>"
        kind = "Response" if "to" in c else "Request"
        to = f"<To>{c['to']}</To>" if "to" in c else ""
        signed = f"""<SenderProvided{kind}Data Id="{wire_id}">
      <MessageID>{message_id}</MessageID>{to}
      <bas:MessagePrimaryContent>{without_declaration(c['content'])}</bas:MessagePrimaryContent>
      {headers}
    </SenderProvided{kind}Data>"""
        listed = "".join(
            f"<bas:AttachmentContent><bas:Id>{f['id']}</bas:Id><bas:Content>{content_of(f, c.get('road'), n)}</bas:Content></bas:AttachmentContent>"
            for n, f in enumerate(files)
        )
        listed = listed and f"<bas:AttachmentContentList>{listed}</bas:AttachmentContentList>"
        parts = files if c.get("road") == "mtom" else []
        answer = self.call(c, "Send" + kind, signed + listed, wire_id, parts)
        return {**answer, "sentId": message_id}

    def poll(self, c):
        wire_id = "SELECTOR-1"
        selector = c.get("selector")
        typed = selector and (
            f"<bas:NamespaceURI>{selector[0]}</bas:NamespaceURI><bas:RootElementLocalName>{selector[1]}</bas:RootElementLocalName>"
        )
        now = datetime.now(timezone.utc).isoformat(timespec="microseconds")
        if c["operation"] == "GetStatus":
            signed = f'<bas:Timestamp Id="{wire_id}">{now}</bas:Timestamp>'
        else:
            signed = f'<bas:MessageTypeSelector Id="{wire_id}">{typed or ""}<bas:Timestamp>{now}</bas:Timestamp></bas:MessageTypeSelector>'
        return self.call(c, c["operation"], signed, wire_id, [])

    def ack(self, c):
        accepted = "true" if c.get("accepted", True) else "false"
        signed = f'<bas:AckTargetMessage Id="ACK_1" accepted="{accepted}">{c["messageId"]}</bas:AckTargetMessage>'
        return self.call(c, "Ack", signed, "ACK_1", [])

    def judge(self, c):
        """What this client makes of an answer somebody else got, perhaps changed on the way."""
        return self.read(200, {}, c["text"].encode(), "GetRequest")

    def transform(self, c):
        """The SMEV transform of documents, after exc-c14n."""
        documents = [etree.fromstring(text.encode(), strict_parser()) for text in c["documents"]]
        return {"transformed": [smev_transform(exclusive(d)).decode() for d in documents]}

    def call(self, c, operation, signed, wire_id, files):
        types, basic = BASE + c["version"], BASE + "basic/" + c["version"]
        envelope = etree.fromstring(
            f"""<S:Envelope xmlns:S="{SOAP}" xmlns:bas="{basic}" xmlns:xop="http://www.w3.org/2004/08/xop/include"><S:Header/><S:Body>
  <{operation}Request xmlns="{types}">
    {signed}
    <CallerInformationSystemSignature/>
  </{operation}Request></S:Body></S:Envelope>""",
            strict_parser(),
        )
        block = next(envelope.iter("{%s}CallerInformationSystemSignature" % types))
        self.key_of(c["as"]).sign(envelope, block, wire_id)
        root = etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
        body, content_type = (multipart(root, files), MULTIPART) if files else (root, 'text/xml; charset="utf-8"')
        request = urllib.request.Request(
            f"{self.url}/smev/v{c['version']}/ws",
            data=body,
            headers={"Content-Type": content_type, "SOAPAction": f'"urn:{operation}"'},
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return self.read(answer.status, answer.headers, answer.read(), operation)
        except urllib.error.HTTPError as error:
            return self.read(error.code, error.headers, error.read(), operation)

    def read(self, status, headers, body, operation):
        root, parts = split(headers.get("Content-Type"), body)
        text = root.decode("utf-8")
        told = re.search(r"<faultstring>(.*?)</faultstring>", text, re.S)
        if told:
            code = re.search(r"<detail>\s*<(?:\w+:)?(\w+)", text)
            description = re.search(r"<(?:\w+:)?Description>(.*?)</", text, re.S)
            return {"status": status, "fault": code and code.group(1), "description": description and description.group(1)}
        wrapper = re.search(r"<soap:Body>\s*<ns2:(\w+)", text)
        document = etree.fromstring(root, strict_parser())
        found = lambda local: next((e.text for e in document.iter("{*}" + local)), None)
        ends = {"SMEVSignature": "smev", "SenderInformationSystemSignature": "sender"}
        signers = {ends[n]: signer_of(document, e, self.registered) for n in ends for e in document.iter("{*}" + n)}
        primary = next(document.iter("{*}MessagePrimaryContent"), None)
        return {
            "status": status,
            "fault": None,
            "wrapper": wrapper and wrapper.group(1),
            "isEmpty": operation != "Ack" and bool(re.search(r"<ns2:\w+Response[^>]*(/>|></)", text)),
            "messageId": (re.search(r"<ns2:MessageId>([0-9a-f-]+)</ns2:MessageId>", text) or [None, None])[1],
            "original": (re.search(r"<ns2:OriginalMessageId>([0-9a-f-]+)<", text) or [None, None])[1],
            "replyTo": (re.search(r"<ns2:ReplyTo>([^<]+)</ns2:ReplyTo>", text) or [None, None])[1],
            "messageStatus": found("Status"),
            "signers": signers,
            "content": None if primary is None else exclusive(primary[0]).decode(),
            "attachments": [attachment(e, parts) for e in document.iter("{*}AttachmentContent")],
        }


MULTIPART = f'multipart/related; type="application/xop+xml"; boundary="{BOUNDARY}"; start="<root>"; start-info="text/xml"'


def multipart(root, files):
    head = lambda kind, name: (
        f"--{BOUNDARY}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <{name}>\r\n\r\n".encode()
    )
    out = head('application/xop+xml; charset=UTF-8; type="text/xml"', "root") + root + b"\r\n"
    for n, f in enumerate(files):
        out += head(f["mime"], f"part-{n}") + base64.b64decode(f["base64"]) + b"\r\n"
    return out + f"--{BOUNDARY}--\r\n".encode()


def content_of(file, road, number):
    return f'<xop:Include href="cid:part-{number}"/>' if road == "mtom" else file["base64"]


def attachment(element, parts):
    name, content = element.findtext("{*}Id"), element.find("{*}Content")
    include = content.find("{http://www.w3.org/2004/08/xop/include}Include")
    octets = base64.b64decode(content.text) if include is None else parts[urllib.request.unquote(include.get("href")[4:])]
    return {"id": name, "base64": base64.b64encode(octets).decode(), "road": "inline" if include is None else "mtom"}


def split(content_type, body):
    """The root and the parts by Content-ID, cut at the boundary: nothing decodes what is binary."""
    mark = re.search(r'boundary="?([^";]+)', content_type or "")
    if not mark:
        return body, {}
    parts = {}
    for piece in (b"\r\n" + body).split(b"\r\n--" + mark.group(1).encode())[1:-1]:
        head, _, octets = piece.partition(b"\r\n\r\n")
        parts[re.search(rb"Content-ID:\s*<([^>]+)>", head, re.I).group(1).decode()] = octets
    start = re.search(r'start="<([^>]+)>"', content_type)
    return (parts[start.group(1)] if start else next(iter(parts.values()))), parts


def without_declaration(content):
    return re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", content)


if __name__ == "__main__":
    client = Client(sys.argv[1], sys.argv[2])
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = getattr(client, command["do"])(command)
        except Exception as error:  # a defect of the client is told to the test, which fails
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)
