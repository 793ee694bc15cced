"""A provider of OpenID Connect for tests: it signs in whoever NAMED is, without asking."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT = "dashboard"


@contextmanager
def provider(email: str, *, verified: bool = True) -> Iterator[str]:
    """A provider that says everybody has this address; yields its own."""
    from joserfc import jwt
    from joserfc.jwk import RSAKey

    key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
    nonces: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            home = f"http://127.0.0.1:{self.server.server_address[1]}"  # type: ignore[index,str-bytes-safe]
            if url.path == "/.well-known/openid-configuration":
                self._json(
                    {
                        "issuer": home,
                        "authorization_endpoint": f"{home}/authorize",
                        "token_endpoint": f"{home}/token",
                        "jwks_uri": f"{home}/keys",
                        "id_token_signing_alg_values_supported": ["RS256"],
                        "response_types_supported": ["code"],
                        "subject_types_supported": ["public"],
                    }
                )
            elif url.path == "/keys":
                self._json({"keys": [key.as_dict(private=False)]})
            elif url.path == "/authorize":
                asked = {name: values[0] for name, values in parse_qs(url.query).items()}
                nonces.append(asked.get("nonce", ""))
                back = f"{asked['redirect_uri']}?{urlencode({'code': 'c', 'state': asked['state']})}"
                self.send_response(302)
                self.send_header("location", back)
                self.end_headers()
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            now, home = int(time.time()), f"http://127.0.0.1:{self.server.server_address[1]}"  # type: ignore[index,str-bytes-safe]
            claims: dict[str, Any] = {"iss": home, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 600}
            claims |= {"email": email, "email_verified": verified, "nonce": nonces[-1]}
            token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)
            self._json({"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": token})

        def _json(self, body: dict[str, Any]) -> None:
            import json

            raw = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{served.server_address[1]}"
    finally:
        served.shutdown()
        served.server_close()
