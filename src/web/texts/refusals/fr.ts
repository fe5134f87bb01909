// What refusals say to customers in French, formal address; the English is the table's own (base/error-codes.ts).

import type { RefusalTexts } from './customer-codes.ts'

const START_AGAIN = 'Retournez sur votre portail et ouvrez de nouveau Huawei Cloud.'
const CALL_SUPPORT = 'Communiquez à votre assistance la référence ci-dessous.'
const TRY_LATER =
  'Patientez un moment et réessayez. Si le problème persiste, communiquez la référence à l’assistance.'

export const fr: RefusalTexts = {
  // The web itself.
  NOT_FOUND: {
    say: 'Il n’y a pas de page à cette adresse.',
    hint: 'Vérifiez l’adresse ou repartez de votre portail.',
  },
  METHOD_NOT_ALLOWED: {
    say: 'Cette adresse n’accepte pas ce type de requête.',
    hint: 'Recommencez depuis votre portail.',
  },
  BODY_TOO_LARGE: {
    say: 'Les données envoyées dépassent la taille acceptée par ce service.',
    hint: START_AGAIN,
  },
  BAD_PARAMETERS: {
    say: 'La requête contient des paramètres que ce service ne peut pas lire.',
    hint: START_AGAIN,
  },
  FORM_EXPIRED: {
    say: 'Ce formulaire a expiré ou ne provient pas de notre page.',
    hint: 'Revenez en arrière, rechargez la page et envoyez de nouveau le formulaire.',
  },
  FAULT: { say: 'Une erreur s’est produite de notre côté.', hint: TRY_LATER },
  STOPPING: { say: 'Ce service redémarre.', hint: 'Réessayez dans quelques secondes.' },
  RATE_LIMITED: {
    say: 'Trop de requêtes provenant de votre réseau ont dû être refusées.',
    hint: 'Patientez une minute et réessayez.',
  },
  STORE_UNAVAILABLE: {
    say: 'Votre demande ne peut pas être traitée pour le moment.',
    hint: TRY_LATER,
  },
  SIGNER_FAILED: { say: 'Une réponse n’a pas pu être signée.', hint: TRY_LATER },

  // SAML messages, until the return address is proven.
  SAML_BAD_MESSAGE: {
    say: 'La demande de connexion de Huawei Cloud n’a pas pu être lue.',
    hint: START_AGAIN,
  },
  SAML_TOO_LARGE: {
    say: 'La demande de connexion dépasse la taille acceptée par ce service.',
    hint: START_AGAIN,
  },
  SAML_BAD_XML: {
    say: 'La demande de connexion de Huawei Cloud n’a pas pu être lue.',
    hint: START_AGAIN,
  },
  SAML_BAD_REQUEST: {
    say: 'La demande de connexion n’est pas une requête SAML complète.',
    hint: START_AGAIN,
  },
  SAML_UNKNOWN_ISSUER: {
    say: 'Cette demande de connexion provient d’un site que ce service ne connaît pas.',
    hint: CALL_SUPPORT,
  },
  SAML_PARTY_EXPIRED: {
    say: 'Les informations dont ce service dispose sur le site demandeur ont expiré.',
    hint: CALL_SUPPORT,
  },
  SAML_UNSIGNED: {
    say: 'La demande de connexion n’est pas signée : son expéditeur ne peut pas être vérifié.',
    hint: START_AGAIN,
  },
  SAML_WEAK_ALGORITHM: {
    say: 'La demande de connexion est signée par un procédé qui n’est plus sûr.',
    hint: CALL_SUPPORT,
  },
  SAML_BAD_SIGNATURE: {
    say: 'L’expéditeur de cette demande de connexion n’a pas pu être vérifié.',
    hint: START_AGAIN,
  },
  SAML_WRONG_VERSION: {
    say: 'La demande de connexion utilise une autre version de SAML.',
    hint: CALL_SUPPORT,
  },
  SAML_EXPIRED: { say: 'Cette demande de connexion est trop ancienne.', hint: START_AGAIN },
  SAML_NOT_YET_VALID: {
    say: 'La date de cette demande de connexion est dans le futur.',
    hint: TRY_LATER,
  },
  SAML_REPLAYED: { say: 'Cette demande de connexion a déjà été utilisée.', hint: START_AGAIN },
  SAML_WRONG_DESTINATION: {
    say: 'Cette demande de connexion était destinée à un autre service.',
    hint: CALL_SUPPORT,
  },
  SAML_WRONG_ACS: {
    say: 'Cette demande de connexion attend une réponse à une adresse qui n’est pas enregistrée.',
    hint: CALL_SUPPORT,
  },
  SAML_REQUEST_GONE: {
    say: 'Cette connexion est terminée ou appartient à un autre navigateur.',
    hint: START_AGAIN,
  },

  // SAML messages, once it is.
  SAML_UNSUPPORTED_BINDING: {
    say: 'Huawei Cloud demande une forme de réponse que ce service ne propose pas.',
    hint: CALL_SUPPORT,
  },
  SAML_NAME_ID_POLICY: {
    say: 'Huawei Cloud demande un type de nom que ce service ne fournit pas.',
    hint: CALL_SUPPORT,
  },
  SAML_NO_PASSIVE: {
    say: 'Vous n’êtes pas connecté, et Huawei Cloud nous a demandé de ne pas afficher de page de connexion.',
    hint: START_AGAIN,
  },
  SAML_NO_AUTHN_CONTEXT: {
    say: 'Huawei Cloud demande un type de connexion que ce service ne propose pas.',
    hint: CALL_SUPPORT,
  },
  SAML_CANNOT_ENCRYPT: {
    say: 'La réponse doit être chiffrée, et ce service ne dispose pas de la clé nécessaire.',
    hint: CALL_SUPPORT,
  },
  SAML_SUBJECT: {
    say: 'Huawei Cloud demande qu’une personne précise se connecte, ce que ce service ne peut pas garantir.',
    hint: CALL_SUPPORT,
  },
  SAML_NO_LOGOUT: {
    say: 'Le site qui veut vous déconnecter ne propose pas de déconnexion unique.',
    hint: CALL_SUPPORT,
  },
  SAML_LOGOUT_UNEXPECTED: {
    say: 'Un site a confirmé une déconnexion qui n’est pas en cours ou qu’il avait déjà confirmée.',
    hint: 'Vous pouvez fermer cette page.',
  },
  SAML_LOGOUT_GONE: {
    say: 'Cette déconnexion est terminée ou appartient à un autre navigateur.',
    hint: 'Vous êtes déconnecté de ce service. Sur un ordinateur partagé, fermez le navigateur.',
  },
  SAML_UNKNOWN_SESSION: {
    say: 'Il n’existe pas ici de connexion correspondant à cette déconnexion.',
    hint: 'Vous pouvez fermer cette page.',
  },

  // People.
  ACCOUNT_DISABLED: { say: 'Votre compte est désactivé.', hint: CALL_SUPPORT },
  SIGN_IN_FAILED: {
    say: 'L’identifiant ou le mot de passe est incorrect.',
    hint: 'Vérifiez les deux et réessayez.',
  },
  SIGN_IN_THROTTLED: {
    say: 'Il y a eu trop de tentatives de connexion.',
    hint: 'Patientez 15 minutes et réessayez.',
  },
  HANDOFF_NOT_CONFIGURED: {
    say: 'Ce service n’accepte pas de connexion depuis un portail.',
    hint: CALL_SUPPORT,
  },
  HANDOFF_BAD_TOKEN: {
    say: 'La connexion de votre portail n’a pas pu être vérifiée.',
    hint: START_AGAIN,
  },
  HANDOFF_REPLAYED: {
    say: 'Cette connexion de votre portail a déjà été utilisée.',
    hint: START_AGAIN,
  },
  HANDOFF_UNKNOWN_ACCOUNT: { say: 'Votre compte n’est pas connu ici.', hint: CALL_SUPPORT },
  HANDOFF_WRONG_BROWSER: {
    say: 'Cette connexion a été commencée dans un autre navigateur ou il y a trop longtemps.',
    hint: START_AGAIN,
  },
  HANDOFF_KEYS_UNAVAILABLE: {
    say: 'La connexion de votre portail ne peut pas être vérifiée pour le moment.',
    hint: TRY_LATER,
  },
  PORTAL_LOGOUT_BAD_TOKEN: {
    say: 'La déconnexion de votre portail n’a pas pu être vérifiée.',
    hint: 'Si vous êtes encore connecté ici, déconnectez-vous sur votre propre page.',
  },
  ACCOUNT_INVALID: {
    say: 'Les informations du compte ne sont pas valables.',
    hint: 'Corrigez les champs indiqués.',
  },
  ACCOUNT_EXISTS: {
    say: 'Un autre compte utilise déjà cet identifiant, ce numéro de compte ou cette adresse e-mail.',
    hint: 'Choisissez-en un autre.',
  },
  PASSWORD_WRONG: {
    say: 'Le mot de passe actuel n’est pas le bon.',
    hint: 'Vérifiez-le et réessayez.',
  },
  PASSWORD_UNFIT: {
    say: 'Le nouveau mot de passe ne peut pas être utilisé.',
    hint: 'Choisissez-en un autre : la page dit ce qui ne va pas.',
  },
  PASSWORD_LINK_INVALID: {
    say: 'Ce lien a déjà été utilisé, ou il est trop ancien.',
    hint: 'Demandez-en un nouveau là où vous l’avez reçu.',
  },
  SECOND_FACTOR_WRONG: {
    say: 'Le code est incorrect ou a déjà été utilisé.',
    hint: 'Attendez le prochain code de votre application ou utilisez un code de récupération encore inutilisé.',
  },
  SECOND_FACTOR_EXPIRED: {
    say: 'Cette connexion a été commencée dans un autre navigateur ou il y a trop longtemps.',
    hint: START_AGAIN,
  },
  PASSKEY_REFUSED: {
    say: 'Cette clé d’accès n’a pas pu être vérifiée.',
    hint: 'Réessayez ou choisissez une autre façon de vous connecter.',
  },
  FACTOR_OUT_OF_ORDER: {
    say: 'Cette opération est impossible dans l’état actuel.',
    hint: 'Rechargez la page : elle indique ce qui est configuré.',
  },
  FACTOR_KEY_CHANGED: {
    say: 'Votre application d’authentification ne peut pas être vérifiée pour le moment.',
    hint: CALL_SUPPORT,
  },

  // Opening and connecting Huawei Cloud.
  LAUNCH_BAD_SERVICE: {
    say: 'Ce lien mène à une page qui n’est pas une console Huawei Cloud.',
    hint: 'Ouvrez plutôt Huawei Cloud depuis votre portail.',
  },
  LAUNCH_UNKNOWN_SITE: {
    say: 'Ce lien désigne un site Huawei Cloud que ce service ne connaît pas.',
    hint: 'Ouvrez plutôt Huawei Cloud depuis votre portail.',
  },
  BIND_BAD_MESSAGE: { say: 'Le message de Huawei Cloud n’a pas pu être lu.', hint: CALL_SUPPORT },
  BIND_WEAK_ALGORITHM: {
    say: 'Le message de Huawei Cloud est signé par un procédé qui n’est plus sûr.',
    hint: CALL_SUPPORT,
  },
  BIND_BAD_SIGNATURE: {
    say: 'L’expéditeur de ce message n’a pas pu être vérifié.',
    hint: START_AGAIN,
  },
  BIND_UNKNOWN_ACCOUNT: {
    say: 'Huawei Cloud a envoyé le résultat d’un compte qui n’est pas connu ici.',
    hint: CALL_SUPPORT,
  },
  BIND_NOT_STARTED: {
    say: 'Aucune connexion à Huawei Cloud n’a été commencée récemment pour ce compte.',
    hint: START_AGAIN,
  },
  BIND_CONFLICT: {
    say: 'Ce client ou ce compte Huawei Cloud est déjà associé autrement.',
    hint: CALL_SUPPORT,
  },
  ACTIVATION_NOT_OFFERED: {
    say: 'Les comptes de ce site Huawei Cloud s’ouvrent sur la page de Huawei.',
    hint: 'Choisissez « Ouvrir Huawei Cloud » et suivez les indications.',
  },
  ACTIVATION_OUT_OF_ORDER: {
    say: 'Cette étape est déjà faite, ou une étape précédente manque.',
    hint: 'Rechargez la page : elle indique où vous en êtes.',
  },

  // What the partner API says.
  PARTNER_NOT_CONFIGURED: {
    say: 'Il n’est pas possible d’ouvrir un compte ici pour le moment.',
    hint: CALL_SUPPORT,
  },
  PARTNER_INVALID_INPUT: {
    say: 'Huawei Cloud n’accepterait pas ces informations.',
    hint: 'Corrigez les champs indiqués.',
  },
  PARTNER_UNREACHABLE: { say: 'Huawei Cloud ne répond pas pour le moment.', hint: TRY_LATER },
  PARTNER_THROTTLED: {
    say: 'Huawei Cloud est occupé.',
    hint: 'Patientez une minute et réessayez.',
  },
  PARTNER_UNAUTHORIZED: {
    say: 'Il n’est pas possible d’ouvrir un compte ici pour le moment.',
    hint: CALL_SUPPORT,
  },
  PARTNER_FORBIDDEN: {
    say: 'Il n’est pas possible d’ouvrir un compte ici pour le moment.',
    hint: CALL_SUPPORT,
  },
  PARTNER_NO_AGENCY: {
    say: 'Ce client n’a pas autorisé le partenaire à agir pour lui.',
    hint: 'Demandez au client de créer une délégation pour le partenaire, puis réessayez.',
  },
  PARTNER_REFUSED: { say: 'Huawei Cloud a refusé la demande.', hint: CALL_SUPPORT },
  PARTNER_BAD_ANSWER: {
    say: 'Huawei Cloud a donné une réponse que ce service ne peut pas lire.',
    hint: TRY_LATER,
  },
  PARTNER_NAME_TAKEN: {
    say: 'Ce nom de compte est déjà utilisé.',
    hint: 'Choisissez un autre nom de compte.',
  },
  PARTNER_BAD_NAME: {
    say: 'Huawei Cloud n’accepte pas ce nom de compte.',
    hint: 'Utilisez de 5 à 32 lettres, chiffres, traits d’union ou traits de soulignement, sans commencer par un chiffre.',
  },
  PARTNER_EMAIL_TAKEN: {
    say: 'Cette adresse e-mail est déjà utilisée chez Huawei Cloud.',
    hint: 'Utilisez une autre adresse ou associez le compte qui l’utilise.',
  },
  PARTNER_BAD_EMAIL: {
    say: 'Huawei Cloud n’accepte pas cette adresse e-mail.',
    hint: 'Vérifiez l’adresse.',
  },
  PARTNER_ACCOUNT_EXISTS: { say: 'Ce client a déjà un compte Huawei Cloud.', hint: CALL_SUPPORT },
  PARTNER_WRONG_CODE: {
    say: 'Le code de vérification est incorrect.',
    hint: 'Vérifiez le code reçu par e-mail et saisissez-le de nouveau.',
  },
  PARTNER_CODE_SPENT: {
    say: 'Ce code de vérification n’est plus utilisable.',
    hint: 'Demandez un nouveau code.',
  },
  PARTNER_CODE_LIMIT: {
    say: 'Trop de codes ont été envoyés à cette adresse.',
    hint: 'Patientez une heure et réessayez.',
  },
  PARTNER_ASSOCIATION_PENDING: {
    say: 'Le compte est créé et en cours d’association avec votre partenaire.',
    hint: 'Patientez une minute et rechargez cette page.',
  },
  // Sign-in at the person’s organisation.
  UPSTREAM_NOT_CONFIGURED: {
    say: 'Ce service ne propose pas ce mode de connexion.',
    hint: 'Choisissez un autre mode de connexion.',
  },
  UPSTREAM_UNAVAILABLE: {
    say: 'La connexion de votre organisation est actuellement injoignable.',
    hint: TRY_LATER,
  },
  UPSTREAM_BAD_ANSWER: {
    say: 'La connexion de votre organisation n’a pas pu être vérifiée.',
    hint: START_AGAIN,
  },
  UPSTREAM_REFUSED: {
    say: 'La connexion de votre organisation ne vous a pas laissé entrer.',
    hint: 'Réessayez ou adressez-vous aux personnes qui gèrent la connexion de votre organisation.',
  },
  UPSTREAM_WRONG_BROWSER: {
    say: 'Cette connexion a été commencée dans un autre navigateur, il y a trop longtemps, ou a déjà servi.',
    hint: START_AGAIN,
  },
  UPSTREAM_UNKNOWN_ACCOUNT: {
    say: 'Vous êtes connecté auprès de votre organisation, mais vous n’avez pas de compte ici.',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_ACCOUNT_TAKEN: {
    say: 'Un compte portant vos coordonnées existe déjà ici et n’est pas relié à cette connexion.',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_BAD_ACCOUNT: {
    say: 'La connexion de votre organisation ne nous en dit pas assez pour vous ouvrir un compte.',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_NOT_ALLOWED: {
    say: 'Votre organisation ne vous a pas donné accès à ce service.',
    hint: 'Demandez l’accès aux personnes qui gèrent la connexion de votre organisation.',
  },
}
