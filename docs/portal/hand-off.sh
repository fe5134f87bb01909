#!/bin/sh
# A hand-off and a sign-out by hand, with curl and openssl. IDP is PUBLIC_URL, ISSUER is PORTAL_ISSUER,
# PORTAL_KEY the private RSA key; the account id is the argument. Cookies are kept in the file COOKIES.
set -eu
ACCOUNT=$1
COOKIES=${COOKIES:-cookies.txt}

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# sign_token TYP MORE-CLAIMS
sign_token() {
  header=$(printf '{"alg":"RS256","typ":"%s"}' "$1" | base64url)
  claims=$(printf '{"iss":"%s","aud":"%s","sub":"%s","iat":%s,"jti":"%s"%s}' \
    "$ISSUER" "$IDP" "$ACCOUNT" "$(date +%s)" "$(openssl rand -hex 16)" "$2" | base64url)
  signature=$(printf '%s.%s' "$header" "$claims" \
    | openssl dgst -sha256 -sign "$PORTAL_KEY" | base64url)
  printf '%s.%s.%s' "$header" "$claims" "$signature"
}

# -L goes on to the page that a person would see.
curl --silent --show-error --fail -L --cookie "$COOKIES" --cookie-jar "$COOKIES" \
  --output /dev/null --write-out 'signed in: %{http_code} %{url_effective}\n' \
  --data "token=$(sign_token JWT ',"sid":"s-1"')" "$IDP/sign-in/handoff"

EVENTS=',"sid":"s-1","events":{"http://schemas.openid.net/event/backchannel-logout":{}}'
curl --silent --show-error --fail --output /dev/null --write-out 'signed out: %{http_code}\n' \
  --data "logout_token=$(sign_token logout+jwt "$EVENTS")" "$IDP/sign-out/portal"
