"""XMLDSig of SMEV 3 written again from the published steps, sharing nothing with the gateway: exc-c14n by lxml, keys by cryptography."""
import base64
import hashlib

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from lxml import etree

DS = "http://www.w3.org/2000/09/xmldsig#"
EXC_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
SMEV = "urn://smev-gov-ru/xmldsig/transform"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


def strict_parser():
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_blank_text=False)


def exclusive(element):
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False, with_tail=False)


def smev_transform(canonical):
    """Steps 1 to 9 over canonical octets: one counter of prefixes, declarations where first needed, blank texts dropped."""
    out = []
    made = [0]

    def prefix_of(uri, scope, fresh):
        if uri == "":
            raise ValueError("the transform needs a namespace on every name")
        for known, prefix in scope + fresh:
            if known == uri:
                return prefix
        made[0] += 1
        fresh.append((uri, "ns%d" % made[0]))
        return fresh[-1][1]

    def write(element, scope):
        if not isinstance(element.tag, str):
            return
        name, fresh = etree.QName(element), []
        own = "%s:%s" % (prefix_of(name.namespace or "", scope, fresh), name.localname)
        qualified, plain = [], []
        for key, value in element.attrib.items():
            attribute = etree.QName(key)
            (qualified if attribute.namespace else plain).append((attribute, value))
        qualified.sort(key=lambda a: (java(a[0].namespace), java(a[0].localname)))
        plain.sort(key=lambda a: java(a[0].localname))
        written = ['%s:%s="%s"' % (prefix_of(a.namespace, scope, fresh), a.localname, in_attribute(v)) for a, v in qualified]
        written += ['%s="%s"' % (a.localname, in_attribute(v)) for a, v in plain]
        declared = ['xmlns:%s="%s"' % (prefix, in_attribute(uri)) for uri, prefix in fresh]
        out.append("<" + " ".join([own] + declared + written) + ">")
        inner = scope + fresh
        text(element.text)
        for child in element:
            write(child, inner)
            text(child.tail)
        out.append("</%s>" % own)

    def text(value):
        if value and any(c > " " for c in value):
            out.append(in_text(value))

    write(etree.fromstring(canonical, strict_parser()), [])
    return "".join(out).encode("utf-8")


def java(value):
    """Order of Java's String.compareTo: UTF-16 code units."""
    return value.encode("utf-16-be")


def in_attribute(value):
    escapes = {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\r": "&#xd;", "\n": "&#xa;", "\t": "&#x9;"}
    return "".join(escapes.get(c, c) for c in value)


def in_text(value):
    """`>` is escaped after `]`, and where a block begins; in long texts, also after any escaped character."""
    escapes = {"&": "&amp;", "<": "&lt;", "\r": "&#xd;"}
    is_long = len(value) >= 12
    out = []
    for start in range(0, len(value), 512):
        block, after_escape = value[start : start + 512], True
        for place, c in enumerate(block):
            if c == ">":
                begins = after_escape if is_long else place == 0
                is_escaped = begins or block[place - 1] == "]"
                out.append("&gt;" if is_escaped else c)
            else:
                is_escaped = c in escapes or "\x7f" <= c <= "\x9f"
                out.append(escapes.get(c, "&#x%x;" % ord(c)) if is_escaped else c)
            after_escape = is_escaped
    return "".join(out)


class Key:
    """A participant's RSA key with the certificate that names it."""

    def __init__(self, key_file, certificate_file):
        with open(key_file, "rb") as file:
            self.key = serialization.load_pem_private_key(file.read(), None)
        self.der = der_of(certificate_file)

    def sign(self, envelope, block, target_id):
        """Puts a ds:Signature into `block` (an empty element of the envelope) over the element with that Id."""
        target = by_id(envelope, target_id)
        digest = base64.b64encode(hashlib.sha256(smev_transform(exclusive(target))).digest()).decode()
        # Blanks inside SignedInfo are part of what is signed: they stay as written here.
        signature = etree.fromstring(
            f"""<Signature xmlns="{DS}"><SignedInfo>
  <CanonicalizationMethod Algorithm="{EXC_C14N}"/><SignatureMethod Algorithm="{RSA_SHA256}"/>
  <Reference URI="#{target_id}"><Transforms><Transform Algorithm="{EXC_C14N}"/><Transform Algorithm="{SMEV}"/></Transforms>
    <DigestMethod Algorithm="{SHA256}"/><DigestValue>{digest}</DigestValue></Reference>
</SignedInfo><SignatureValue/><KeyInfo><X509Data><X509Certificate/></X509Data></KeyInfo></Signature>"""
        )
        block.append(signature)
        value = self.key.sign(exclusive(signature[0]), padding.PKCS1v15(), hashes.SHA256())
        signature[1].text = base64.encodebytes(value).decode()
        signature[2][0][0].text = base64.encodebytes(self.der).decode()


def der_of(certificate_file):
    with open(certificate_file, "rb") as file:
        return x509.load_pem_x509_certificate(file.read()).public_bytes(serialization.Encoding.DER)


def by_id(document, wanted):
    found = [e for e in document.iter(etree.Element) if e.get("Id") == wanted]
    if len(found) != 1:
        raise ValueError("%d elements bear the Id %s" % (len(found), wanted))
    return found[0]


def signer_of(document, block, registered):
    """Who of `registered` (DER → name) signed; what is wrong otherwise, as 'wrong: …'."""
    ds = {"ds": DS}
    signatures = block.findall("ds:Signature", ds)
    if len(signatures) != 1 or len(block) != 1:
        return "wrong: not one ds:Signature"
    info, value = signatures[0].find("ds:SignedInfo", ds), signatures[0].find("ds:SignatureValue", ds)
    der = base64.b64decode(signatures[0].findtext(".//ds:X509Certificate", namespaces=ds))
    if der not in registered:
        return "wrong: unknown certificate"
    reference = info.find("ds:Reference", ds)
    transforms = [t.get("Algorithm") for t in reference.iterfind("ds:Transforms/ds:Transform", ds)]
    if transforms != [EXC_C14N, SMEV]:
        return "wrong: transforms %s" % transforms
    target = by_id(document, reference.get("URI")[1:])
    if target.getparent() is not block.getparent():
        return "wrong: the signed element is no sibling"
    digest = hashlib.sha256(smev_transform(exclusive(target))).digest()
    if base64.b64decode(reference.findtext("ds:DigestValue", namespaces=ds)) != digest:
        return "wrong: digest"
    method, octets, signed = info.find("ds:SignatureMethod", ds).get("Algorithm"), base64.b64decode(value.text), exclusive(info)
    key = x509.load_der_x509_certificate(der).public_key()
    try:
        if method == RSA_SHA256:
            key.verify(octets, signed, padding.PKCS1v15(), hashes.SHA256())
        elif method == ECDSA_SHA256:
            half = len(octets) // 2
            pair = (int.from_bytes(octets[:half], "big"), int.from_bytes(octets[half:], "big"))
            key.verify(encode_dss_signature(*pair), signed, ec.ECDSA(hashes.SHA256()))
        else:
            return "wrong: method %s" % method
    except InvalidSignature:
        return "wrong: value"
    return registered[der]
