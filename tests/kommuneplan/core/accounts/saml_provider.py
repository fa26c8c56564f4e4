"""A small SAML provider on this machine: metadata by HTTP, assertions signed by signxml (another
library than the one that checks them)."""

from __future__ import annotations

import base64
import datetime as dt
import threading
import zlib
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import XMLSigner
from signxml.algorithms import CanonicalizationMethod

from kommuneplan import clock

LEVEL = "https://data.gov.dk/concept/core/nsis/loa"
MAIL = "https://data.gov.dk/model/core/eid/email"
CVR = "https://data.gov.dk/model/core/eid/professional/cvr"
SIGNATURE = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="placeholder"/>'
SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"


def key_and_certificate() -> tuple[Any, str]:
    """A new key, and a certificate of its own for it, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    return key, made.public_bytes(serialization.Encoding.PEM).decode()


@cache
def own_key() -> tuple[Any, str]:
    """The provider's own, made once: finding the primes takes longer than a test."""
    return key_and_certificate()


def pem(key: Any) -> bytes:
    """A private key as PEM."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def bare(certificate: str) -> str:
    """The certificate as it stands in metadata."""
    return "".join(certificate.splitlines()[1:-1])


class SamlProvider:
    """Signs in whoever ``claims`` says. What a test makes wrong stands in ``wrong``."""

    def __init__(self) -> None:
        self.key, self.certificate = own_key()
        self.entity = "https://idp.example/saml"
        self.subject, self.name_id_format = "p-1", "persistent"
        self.claims = {MAIL: "Anna@Example.org", LEVEL: "Substantial", CVR: "64942212"}
        self.wrong: dict[str, Any] = {}
        self.signs_with = self.key
        self.encrypt_for = ""
        self.asked = 0
        self.number = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Stop answering."""
        self.server.shutdown()
        self.server.server_close()

    def metadata(self) -> str:
        """What a provider publishes of itself."""
        redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
        return f"""<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"
          xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="{self.entity}">
          <md:IDPSSODescriptor
            protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
          <md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
            {bare(self.certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
          </md:KeyDescriptor>
          <md:SingleLogoutService Binding="{redirect}" Location="{self.url}/slo"/>
          <md:SingleSignOnService Binding="{redirect}" Location="{self.url}/sso"/>
          </md:IDPSSODescriptor></md:EntityDescriptor>"""

    def asked_for(self, address: str) -> etree._Element:
        """The question in an address that a browser was sent to."""
        query = parse_qs(urlsplit(address).query)
        packed = base64.b64decode(query["SAMLRequest"][0])
        return etree.fromstring(zlib.decompress(packed, -15))

    def answer(self, address: str, **wrong: Any) -> dict[str, str]:
        """The form that the provider's page posts, in answer to the question in an address."""
        return {"SAMLResponse": base64.b64encode(self.response(address, **wrong)).decode()}

    def page(self, address: str) -> str:
        """The page a browser sees there; its button posts the answer."""
        there = self.asked_for(address).get("AssertionConsumerServiceURL")
        answer = self.answer(address)["SAMLResponse"]
        return (
            f'<form method="post" action="{there}"><input type="hidden" name="SAMLResponse" '
            f'value="{answer}"><button>Go on</button></form>'
        )

    def response(self, address: str, **wrong: Any) -> bytes:
        """The response as XML, signed."""
        question = self.asked_for(address)
        self.number += 1
        now = clock.now()
        facts = {
            "asked": question.get("ID"),
            "acs": question.get("AssertionConsumerServiceURL"),
            "audience": question.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer"),
            "issuer": self.entity,
            "since": now - dt.timedelta(minutes=1),
            "until": now + dt.timedelta(minutes=3),
            "now": now,
            "confirms": question.get("ID"),
            "status": "Success",
            **wrong,
        }
        root = etree.fromstring(self._xml(facts))
        if wrong.get("signed", True):
            root = self._signed(root, f"a{self.number}")
        if wrong.get("after"):
            root = etree.fromstring(wrong["after"](etree.tostring(root)))
        if self.encrypt_for:
            self._encrypt(root)
        return etree.tostring(root)

    def _signed(self, root: etree._Element, number: str) -> etree._Element:
        assertion = root.find(".//{urn:oasis:names:tc:SAML:2.0:assertion}Assertion")
        signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
        signed = signer.sign(assertion, key=pem(self.signs_with), reference_uri=number)
        root.replace(assertion, signed)
        return root

    def _encrypt(self, root: etree._Element) -> None:
        assertion = root.find(".//{urn:oasis:names:tc:SAML:2.0:assertion}Assertion")
        holder = etree.Element("{urn:oasis:names:tc:SAML:2.0:assertion}EncryptedAssertion")
        root.replace(assertion, holder)
        holder.append(assertion)
        manager = xmlsec.KeysManager()
        manager.add_key(
            xmlsec.Key.from_memory(self.encrypt_for, xmlsec.constants.KeyDataFormatCertPem)
        )
        data = xmlsec.template.encrypted_data_create(
            root, xmlsec.constants.TransformAes256Cbc, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
        )
        xmlsec.template.encrypted_data_ensure_cipher_value(data)
        info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
        key = xmlsec.template.add_encrypted_key(info, xmlsec.constants.TransformRsaOaep)
        xmlsec.template.encrypted_data_ensure_cipher_value(key)
        context = xmlsec.EncryptionContext(manager)
        context.key = xmlsec.Key.generate(
            xmlsec.constants.KeyDataAes, 256, xmlsec.constants.KeyDataTypeSession
        )
        context.encrypt_xml(data, assertion)

    def _xml(self, facts: dict[str, Any]) -> str:
        def instant(name: str) -> str:
            return facts[name].strftime("%Y-%m-%dT%H:%M:%SZ")

        claims = "".join(
            f'<saml:Attribute Name="{name}"><saml:AttributeValue>{value}</saml:AttributeValue>'
            "</saml:Attribute>"
            for name, value in self.claims.items()
        )
        audience = (
            f"<saml:AudienceRestriction><saml:Audience>{facts['audience']}</saml:Audience>"
            "</saml:AudienceRestriction>"
            if facts["audience"]
            else ""
        )
        asked = f'InResponseTo="{facts["asked"]}"' if facts["asked"] else ""
        confirms = f'InResponseTo="{facts["confirms"]}"' if facts["confirms"] else ""
        nid = f"urn:oasis:names:tc:SAML:2.0:nameid-format:{self.name_id_format}"
        return f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
          xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="r{self.number}" Version="2.0"
          IssueInstant="{instant("now")}" Destination="{facts["acs"]}" {asked}>
          <saml:Issuer>{facts["issuer"]}</saml:Issuer><samlp:Status>
          <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{facts["status"]}"/>
          </samlp:Status><saml:Assertion ID="a{self.number}" Version="2.0"
          IssueInstant="{instant("now")}"><saml:Issuer>{facts["issuer"]}</saml:Issuer>
          {SIGNATURE if facts.get("signed", True) else ""}
          <saml:Subject><saml:NameID Format="{nid}">{self.subject}</saml:NameID>
          <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
          <saml:SubjectConfirmationData Recipient="{facts["acs"]}" {confirms}
          NotOnOrAfter="{instant("until")}"/></saml:SubjectConfirmation></saml:Subject>
          <saml:Conditions NotBefore="{instant("since")}" NotOnOrAfter="{instant("until")}">
          {audience}</saml:Conditions><saml:AuthnStatement AuthnInstant="{instant("now")}">
          <saml:AuthnContext><saml:AuthnContextClassRef>urn:x</saml:AuthnContextClassRef>
          </saml:AuthnContext></saml:AuthnStatement>
          <saml:AttributeStatement>{claims}</saml:AttributeStatement>
          </saml:Assertion></samlp:Response>"""

    def logout_address(self, there: str, *, signed: bool = True) -> str:
        """The address a browser is sent to when the person signs out at the provider."""
        now = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        request = f"""<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
          xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="l1" Version="2.0"
          IssueInstant="{now}" Destination="http://testserver{there}">
          <saml:Issuer>{self.entity}</saml:Issuer><saml:NameID>{self.subject}</saml:NameID>
          </samlp:LogoutRequest>"""
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(request.encode()) + packer.flush()
        query = {"SAMLRequest": base64.b64encode(packed).decode()}
        if signed:
            query["SigAlg"] = SHA256
            mark = self.signs_with.sign(
                urlencode(query).encode(), padding.PKCS1v15(), hashes.SHA256()
            )
            query["Signature"] = base64.b64encode(mark).decode()
        return f"{there}?{urlencode(query)}"

    def _handler(provider) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked += 1
                kind, text = "application/samlmetadata+xml", provider.metadata()
                if self.path.startswith("/sso?"):
                    kind, text = "text/html", provider.page(self.path)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_args: object) -> None:
                """Quiet."""

        return Handler
