// What refusals say to customers in German, formal address; the English is the table's own (base/error-codes.ts).

import type { RefusalTexts } from './customer-codes.ts'

const START_AGAIN = 'Gehen Sie zurück zu Ihrem Portal, und öffnen Sie Huawei Cloud erneut.'
const CALL_SUPPORT = 'Nennen Sie Ihrem Support die unten stehende Referenz.'
const TRY_LATER =
  'Warten Sie einen Moment, und versuchen Sie es erneut. Tritt der Fehler weiter auf, nennen Sie dem Support die Referenz.'

export const de: RefusalTexts = {
  // The web itself.
  NOT_FOUND: {
    say: 'Unter dieser Adresse gibt es keine Seite.',
    hint: 'Prüfen Sie die Adresse, oder beginnen Sie in Ihrem Portal.',
  },
  METHOD_NOT_ALLOWED: {
    say: 'Diese Adresse nimmt keine solche Anfrage an.',
    hint: 'Beginnen Sie noch einmal in Ihrem Portal.',
  },
  BODY_TOO_LARGE: {
    say: 'Die gesendeten Daten sind größer, als dieser Dienst annimmt.',
    hint: START_AGAIN,
  },
  BAD_PARAMETERS: {
    say: 'Die Anfrage enthält Parameter, die dieser Dienst nicht lesen kann.',
    hint: START_AGAIN,
  },
  FORM_EXPIRED: {
    say: 'Dieses Formular ist zu alt oder stammt nicht von unserer Seite.',
    hint: 'Gehen Sie zurück, laden Sie die Seite neu, und senden Sie das Formular noch einmal.',
  },
  FAULT: { say: 'Bei uns ist ein Fehler aufgetreten.', hint: TRY_LATER },
  STOPPING: {
    say: 'Dieser Dienst wird neu gestartet.',
    hint: 'Versuchen Sie es in einigen Sekunden erneut.',
  },
  RATE_LIMITED: {
    say: 'Aus Ihrem Netzwerk mussten zu viele Anfragen abgelehnt werden.',
    hint: 'Warten Sie eine Minute, und versuchen Sie es erneut.',
  },
  STORE_UNAVAILABLE: {
    say: 'Ihre Anfrage kann im Moment nicht bearbeitet werden.',
    hint: TRY_LATER,
  },
  SIGNER_FAILED: { say: 'Eine Antwort konnte nicht signiert werden.', hint: TRY_LATER },

  // SAML messages, until the return address is proven.
  SAML_BAD_MESSAGE: {
    say: 'Die Anmeldeanfrage von Huawei Cloud konnte nicht gelesen werden.',
    hint: START_AGAIN,
  },
  SAML_TOO_LARGE: {
    say: 'Die Anmeldeanfrage ist größer, als dieser Dienst annimmt.',
    hint: START_AGAIN,
  },
  SAML_BAD_XML: {
    say: 'Die Anmeldeanfrage von Huawei Cloud konnte nicht gelesen werden.',
    hint: START_AGAIN,
  },
  SAML_BAD_REQUEST: {
    say: 'Die Anmeldeanfrage ist keine vollständige SAML-Anfrage.',
    hint: START_AGAIN,
  },
  SAML_UNKNOWN_ISSUER: {
    say: 'Diese Anmeldeanfrage kommt von einer Website, die dieser Dienst nicht kennt.',
    hint: CALL_SUPPORT,
  },
  SAML_PARTY_EXPIRED: {
    say: 'Die Angaben, die diesem Dienst über die anfragende Website vorliegen, sind abgelaufen.',
    hint: CALL_SUPPORT,
  },
  SAML_UNSIGNED: {
    say: 'Die Anmeldeanfrage ist nicht signiert; ihr Absender kann daher nicht überprüft werden.',
    hint: START_AGAIN,
  },
  SAML_WEAK_ALGORITHM: {
    say: 'Die Anmeldeanfrage ist auf eine Weise signiert, die nicht mehr sicher ist.',
    hint: CALL_SUPPORT,
  },
  SAML_BAD_SIGNATURE: {
    say: 'Der Absender dieser Anmeldeanfrage konnte nicht überprüft werden.',
    hint: START_AGAIN,
  },
  SAML_WRONG_VERSION: {
    say: 'Die Anmeldeanfrage verwendet eine andere SAML-Version.',
    hint: CALL_SUPPORT,
  },
  SAML_EXPIRED: { say: 'Diese Anmeldeanfrage ist zu alt.', hint: START_AGAIN },
  SAML_NOT_YET_VALID: {
    say: 'Das Datum dieser Anmeldeanfrage liegt in der Zukunft.',
    hint: TRY_LATER,
  },
  SAML_REPLAYED: { say: 'Diese Anmeldeanfrage wurde bereits verwendet.', hint: START_AGAIN },
  SAML_WRONG_DESTINATION: {
    say: 'Diese Anmeldeanfrage war für einen anderen Dienst bestimmt.',
    hint: CALL_SUPPORT,
  },
  SAML_WRONG_ACS: {
    say: 'Diese Anmeldeanfrage verlangt eine Antwort an eine Adresse, die nicht registriert ist.',
    hint: CALL_SUPPORT,
  },
  SAML_REQUEST_GONE: {
    say: 'Diese Anmeldung ist beendet oder gehört zu einem anderen Browser.',
    hint: START_AGAIN,
  },

  // SAML messages, once it is.
  SAML_UNSUPPORTED_BINDING: {
    say: 'Huawei Cloud verlangt eine Form der Antwort, die dieser Dienst nicht anbietet.',
    hint: CALL_SUPPORT,
  },
  SAML_NAME_ID_POLICY: {
    say: 'Huawei Cloud verlangt eine Art von Namen, die dieser Dienst nicht vergibt.',
    hint: CALL_SUPPORT,
  },
  SAML_NO_PASSIVE: {
    say: 'Sie sind nicht angemeldet, und Huawei Cloud wünscht, dass wir keine Anmeldeseite zeigen.',
    hint: START_AGAIN,
  },
  SAML_NO_AUTHN_CONTEXT: {
    say: 'Huawei Cloud verlangt eine Art der Anmeldung, die dieser Dienst nicht anbietet.',
    hint: CALL_SUPPORT,
  },
  SAML_CANNOT_ENCRYPT: {
    say: 'Die Antwort muss verschlüsselt werden, aber diesem Dienst fehlt der Schlüssel dafür.',
    hint: CALL_SUPPORT,
  },
  SAML_SUBJECT: {
    say: 'Huawei Cloud verlangt die Anmeldung einer bestimmten Person; das kann dieser Dienst nicht zusagen.',
    hint: CALL_SUPPORT,
  },
  SAML_NO_LOGOUT: {
    say: 'Die Website, die Sie abmelden möchte, bietet keine gemeinsame Abmeldung.',
    hint: CALL_SUPPORT,
  },
  SAML_LOGOUT_UNEXPECTED: {
    say: 'Eine Website hat eine Abmeldung bestätigt, die nicht läuft oder schon bestätigt war.',
    hint: 'Sie können diese Seite schließen.',
  },
  SAML_LOGOUT_GONE: {
    say: 'Diese Abmeldung ist beendet oder gehört zu einem anderen Browser.',
    hint: 'Sie sind hier abgemeldet. Schließen Sie an einem gemeinsam genutzten Computer den Browser.',
  },
  SAML_UNKNOWN_SESSION: {
    say: 'Hier gibt es keine Anmeldung, die zu dieser Abmeldung gehört.',
    hint: 'Sie können diese Seite schließen.',
  },

  // People.
  ACCOUNT_DISABLED: { say: 'Ihr Konto ist deaktiviert.', hint: CALL_SUPPORT },
  SIGN_IN_FAILED: {
    say: 'Der Anmeldename oder das Passwort ist nicht richtig.',
    hint: 'Prüfen Sie beides, und versuchen Sie es erneut.',
  },
  SIGN_IN_THROTTLED: {
    say: 'Es gab zu viele Anmeldeversuche.',
    hint: 'Warten Sie 15 Minuten, und versuchen Sie es erneut.',
  },
  HANDOFF_NOT_CONFIGURED: {
    say: 'Dieser Dienst nimmt keine Anmeldungen von einem Portal an.',
    hint: CALL_SUPPORT,
  },
  HANDOFF_BAD_TOKEN: {
    say: 'Die Anmeldung Ihres Portals konnte nicht überprüft werden.',
    hint: START_AGAIN,
  },
  HANDOFF_REPLAYED: {
    say: 'Diese Anmeldung Ihres Portals wurde bereits verwendet.',
    hint: START_AGAIN,
  },
  HANDOFF_UNKNOWN_ACCOUNT: { say: 'Ihr Konto ist hier nicht bekannt.', hint: CALL_SUPPORT },
  HANDOFF_WRONG_BROWSER: {
    say: 'Diese Anmeldung wurde in einem anderen Browser oder vor zu langer Zeit begonnen.',
    hint: START_AGAIN,
  },
  HANDOFF_KEYS_UNAVAILABLE: {
    say: 'Die Anmeldung Ihres Portals kann im Moment nicht überprüft werden.',
    hint: TRY_LATER,
  },
  PORTAL_LOGOUT_BAD_TOKEN: {
    say: 'Die Abmeldung Ihres Portals konnte nicht überprüft werden.',
    hint: 'Wenn Sie hier noch angemeldet sind, melden Sie sich auf Ihrer eigenen Seite ab.',
  },
  ACCOUNT_INVALID: {
    say: 'Die Angaben zum Konto sind nicht gültig.',
    hint: 'Berichtigen Sie die genannten Felder.',
  },
  ACCOUNT_EXISTS: {
    say: 'Ein anderes Konto hat bereits diesen Anmeldenamen, diese Kontonummer oder diese E-Mail-Adresse.',
    hint: 'Wählen Sie etwas anderes.',
  },
  PASSWORD_WRONG: {
    say: 'Das aktuelle Passwort ist nicht richtig.',
    hint: 'Prüfen Sie es, und versuchen Sie es erneut.',
  },
  PASSWORD_UNFIT: {
    say: 'Das neue Passwort kann nicht verwendet werden.',
    hint: 'Wählen Sie ein anderes: Die Seite sagt, was daran nicht passt.',
  },
  PASSWORD_LINK_INVALID: {
    say: 'Dieser Link wurde bereits verwendet oder ist zu alt.',
    hint: 'Bitten Sie dort um einen neuen, wo Sie ihn bekommen haben.',
  },
  SECOND_FACTOR_WRONG: {
    say: 'Der Code ist nicht richtig oder wurde bereits verwendet.',
    hint: 'Warten Sie auf den nächsten Code Ihrer App, oder verwenden Sie einen noch unbenutzten Wiederherstellungscode.',
  },
  SECOND_FACTOR_EXPIRED: {
    say: 'Diese Anmeldung wurde in einem anderen Browser oder vor zu langer Zeit begonnen.',
    hint: START_AGAIN,
  },
  PASSKEY_REFUSED: {
    say: 'Dieser Passkey konnte nicht überprüft werden.',
    hint: 'Versuchen Sie es erneut, oder wählen Sie eine andere Art der Anmeldung.',
  },
  FACTOR_OUT_OF_ORDER: {
    say: 'Das ist im jetzigen Zustand nicht möglich.',
    hint: 'Laden Sie die Seite neu: Sie zeigt, was eingerichtet ist.',
  },
  FACTOR_KEY_CHANGED: {
    say: 'Ihre Authentifizierungs-App kann im Moment nicht überprüft werden.',
    hint: CALL_SUPPORT,
  },

  // Opening and connecting Huawei Cloud.
  LAUNCH_BAD_SERVICE: {
    say: 'Dieser Link führt zu einer Seite, die keine Konsole von Huawei Cloud ist.',
    hint: 'Öffnen Sie Huawei Cloud stattdessen in Ihrem Portal.',
  },
  LAUNCH_UNKNOWN_SITE: {
    say: 'Dieser Link nennt eine Huawei-Cloud-Website, die dieser Dienst nicht kennt.',
    hint: 'Öffnen Sie Huawei Cloud stattdessen in Ihrem Portal.',
  },
  BIND_BAD_MESSAGE: {
    say: 'Die Nachricht von Huawei Cloud konnte nicht gelesen werden.',
    hint: CALL_SUPPORT,
  },
  BIND_WEAK_ALGORITHM: {
    say: 'Die Nachricht von Huawei Cloud ist auf eine Weise signiert, die nicht mehr sicher ist.',
    hint: CALL_SUPPORT,
  },
  BIND_BAD_SIGNATURE: {
    say: 'Der Absender dieser Nachricht konnte nicht überprüft werden.',
    hint: START_AGAIN,
  },
  BIND_UNKNOWN_ACCOUNT: {
    say: 'Huawei Cloud hat das Ergebnis für ein Konto gesendet, das hier nicht bekannt ist.',
    hint: CALL_SUPPORT,
  },
  BIND_NOT_STARTED: {
    say: 'Für dieses Konto wurde in letzter Zeit keine Verbindung mit Huawei Cloud begonnen.',
    hint: START_AGAIN,
  },
  BIND_CONFLICT: {
    say: 'Dieser Kunde oder dieses Huawei-Cloud-Konto ist bereits anders verbunden.',
    hint: CALL_SUPPORT,
  },
  ACTIVATION_NOT_OFFERED: {
    say: 'Konten dieser Huawei-Cloud-Website werden auf der Seite von Huawei eröffnet.',
    hint: 'Wählen Sie „Huawei Cloud öffnen“, und folgen Sie der Seite.',
  },
  ACTIVATION_OUT_OF_ORDER: {
    say: 'Dieser Schritt ist bereits erledigt, oder ein früherer fehlt noch.',
    hint: 'Laden Sie die Seite neu: Sie zeigt, wo Sie stehen.',
  },

  // What the partner API says.
  PARTNER_NOT_CONFIGURED: {
    say: 'Konten können hier im Moment nicht eröffnet werden.',
    hint: CALL_SUPPORT,
  },
  PARTNER_INVALID_INPUT: {
    say: 'Huawei Cloud würde diese Angaben nicht annehmen.',
    hint: 'Berichtigen Sie die genannten Felder.',
  },
  PARTNER_UNREACHABLE: { say: 'Huawei Cloud antwortet im Moment nicht.', hint: TRY_LATER },
  PARTNER_THROTTLED: {
    say: 'Huawei Cloud ist ausgelastet.',
    hint: 'Warten Sie eine Minute, und versuchen Sie es erneut.',
  },
  PARTNER_UNAUTHORIZED: {
    say: 'Konten können hier im Moment nicht eröffnet werden.',
    hint: CALL_SUPPORT,
  },
  PARTNER_FORBIDDEN: {
    say: 'Konten können hier im Moment nicht eröffnet werden.',
    hint: CALL_SUPPORT,
  },
  PARTNER_NO_AGENCY: {
    say: 'Dieser Kunde hat dem Partner nicht erlaubt, für ihn zu handeln.',
    hint: 'Bitten Sie den Kunden, dem Partner eine Agency (Vollmacht) einzurichten, und versuchen Sie es erneut.',
  },
  PARTNER_REFUSED: { say: 'Huawei Cloud hat die Anfrage abgelehnt.', hint: CALL_SUPPORT },
  PARTNER_BAD_ANSWER: {
    say: 'Huawei Cloud hat eine Antwort gegeben, die dieser Dienst nicht lesen kann.',
    hint: TRY_LATER,
  },
  PARTNER_NAME_TAKEN: {
    say: 'Dieser Kontoname ist bereits vergeben.',
    hint: 'Wählen Sie einen anderen Kontonamen.',
  },
  PARTNER_BAD_NAME: {
    say: 'Huawei Cloud nimmt diesen Kontonamen nicht an.',
    hint: 'Verwenden Sie 5 bis 32 Buchstaben, Ziffern, Bindestriche oder Unterstriche, nicht mit einer Ziffer am Anfang.',
  },
  PARTNER_EMAIL_TAKEN: {
    say: 'Diese E-Mail-Adresse wird bei Huawei Cloud bereits verwendet.',
    hint: 'Verwenden Sie eine andere Adresse, oder verbinden Sie das Konto, zu dem sie gehört.',
  },
  PARTNER_BAD_EMAIL: {
    say: 'Huawei Cloud nimmt diese E-Mail-Adresse nicht an.',
    hint: 'Prüfen Sie die Adresse.',
  },
  PARTNER_ACCOUNT_EXISTS: {
    say: 'Dieser Kunde hat bereits ein Huawei-Cloud-Konto.',
    hint: CALL_SUPPORT,
  },
  PARTNER_WRONG_CODE: {
    say: 'Der Bestätigungscode ist nicht richtig.',
    hint: 'Prüfen Sie den Code in der E-Mail, und geben Sie ihn erneut ein.',
  },
  PARTNER_CODE_SPENT: {
    say: 'Dieser Bestätigungscode kann nicht mehr verwendet werden.',
    hint: 'Fordern Sie einen neuen Code an.',
  },
  PARTNER_CODE_LIMIT: {
    say: 'An diese Adresse wurden zu viele Codes gesendet.',
    hint: 'Warten Sie eine Stunde, und versuchen Sie es erneut.',
  },
  PARTNER_ASSOCIATION_PENDING: {
    say: 'Das Konto ist angelegt und wird gerade mit Ihrem Partner verbunden.',
    hint: 'Warten Sie eine Minute, und laden Sie diese Seite neu.',
  },
  // Sign-in at the person’s organisation.
  UPSTREAM_NOT_CONFIGURED: {
    say: 'Dieser Dienst bietet diese Anmeldeart nicht an.',
    hint: 'Wählen Sie eine andere Anmeldeart.',
  },
  UPSTREAM_UNAVAILABLE: {
    say: 'Die Anmeldung Ihrer Organisation ist derzeit nicht erreichbar.',
    hint: TRY_LATER,
  },
  UPSTREAM_BAD_ANSWER: {
    say: 'Die Anmeldung Ihrer Organisation konnte nicht geprüft werden.',
    hint: START_AGAIN,
  },
  UPSTREAM_REFUSED: {
    say: 'Die Anmeldung Ihrer Organisation hat Sie nicht zugelassen.',
    hint: 'Versuchen Sie es erneut, oder wenden Sie sich an die Stelle, die die Anmeldung Ihrer Organisation betreibt.',
  },
  UPSTREAM_WRONG_BROWSER: {
    say: 'Diese Anmeldung wurde in einem anderen Browser begonnen, liegt zu lange zurück oder wurde bereits verwendet.',
    hint: START_AGAIN,
  },
  UPSTREAM_UNKNOWN_ACCOUNT: {
    say: 'Sie sind bei Ihrer Organisation angemeldet, haben hier aber kein Konto.',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_ACCOUNT_TAKEN: {
    say: 'Ein Konto mit Ihren Angaben besteht hier bereits und ist nicht mit dieser Anmeldung verbunden.',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_BAD_ACCOUNT: {
    say: 'Die Anmeldung Ihrer Organisation teilt uns zu wenig mit, um ein Konto für Sie anzulegen.',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_NOT_ALLOWED: {
    say: 'Ihre Organisation hat Sie für diesen Dienst nicht freigeschaltet.',
    hint: 'Bitten Sie die Stelle, die die Anmeldung Ihrer Organisation betreibt, um Zugang.',
  },
}
