# A site behind pysaml2: without IDP it prints its metadata; with it, one page asks for a sign-in and says
# who came. Sessions and open requests are kept in memory.

import html
import os
import secrets
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, saml
from saml2.client import Saml2Client
from saml2.config import SPConfig
from saml2.metadata import entity_descriptor

URL, PAGE, IDP = os.environ["SITE_URL"], os.environ["PAGE"], os.environ["IDP"]
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


def configuration():
    provider = {
        "endpoints": {"assertion_consumer_service": [(URL + "/acs", BINDING_HTTP_POST)]},
        "name_id_format": [saml.NAMEID_FORMAT_TRANSIENT],
        "authn_requests_signed": True,
        "want_assertions_signed": True,
        "want_response_signed": False,
        "allow_unsolicited": False,
    }
    settings = {
        "entityid": URL + "/metadata",
        "xmlsec_binary": "/usr/bin/xmlsec1",
        "key_file": "sp.key",
        "cert_file": "sp.crt",
        "allow_unknown_attributes": True,
        "service": {"sp": provider},
    }
    if IDP:
        settings["metadata"] = {"local": ["idp.xml"]}
    return SPConfig().load(settings)


class Site(BaseHTTPRequestHandler):
    client = None
    sessions = {}
    requests = {}

    def do_GET(self):
        address = urlsplit(self.path)
        if address.path != PAGE:
            return self.answer(404, "no such page")
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("pysaml2")
        person = self.sessions.get(cookie.value) if cookie else None
        if person is not None:
            return self.answer(200, "xUserId=" + html.escape(person, quote=False))
        return self.ask("post" in parse_qs(address.query).get("binding", []))

    # Metadata offers HTTP-Redirect alone, as Huawei's sample does; HTTP-POST works at the same address.
    def ask(self, by_post):
        binding = BINDING_HTTP_POST if by_post else BINDING_HTTP_REDIRECT
        services = self.client.metadata.single_sign_on_service(IDP, BINDING_HTTP_REDIRECT)
        destination = services[0]["location"]
        request, message = self.client.create_authn_request(
            destination,
            nameid_format=saml.NAMEID_FORMAT_TRANSIENT,
            sign=by_post,
            sign_alg=RSA_SHA256,
            digest_alg=SHA256,
        )
        self.requests[request] = PAGE
        sent = self.client.apply_binding(
            binding, str(message), destination, PAGE, sign=not by_post, sigalg=RSA_SHA256
        )
        if by_post:
            return self.answer(200, sent["data"])
        return self.answer(303, "", dict(sent["headers"]))

    def do_POST(self):
        size = int(self.headers.get("Content-Length", "0"))
        form = parse_qs(self.rfile.read(size).decode())
        try:
            answer = self.client.parse_authn_request_response(
                form["SAMLResponse"][0], BINDING_HTTP_POST, self.requests
            )
            person = answer.ava["xUserId"][0]
        except Exception as error:
            return self.answer(403, "refused: " + html.escape(repr(error)))
        del self.requests[answer.in_response_to]
        session = secrets.token_urlsafe()
        self.sessions[session] = person
        to = {"Location": URL + form["RelayState"][0], "Set-Cookie": "pysaml2=" + session}
        return self.answer(303, "", to)

    def answer(self, status, body, headers=None):
        content = body.encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


if IDP:
    Site.client = Saml2Client(config=configuration())
    HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Site).serve_forever()
else:
    print(entity_descriptor(configuration()))
