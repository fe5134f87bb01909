// What refusals say to customers in Spanish, formal address; the English is the table's own (base/error-codes.ts).

import type { RefusalTexts } from './customer-codes.ts'

const START_AGAIN = 'Vuelva a su portal y abra Huawei Cloud de nuevo.'
const CALL_SUPPORT = 'Indique a su servicio de asistencia la referencia que figura abajo.'
const TRY_LATER =
  'Espere un momento e inténtelo de nuevo. Si el problema continúa, indique la referencia al servicio de asistencia.'

export const es: RefusalTexts = {
  // The web itself.
  NOT_FOUND: {
    say: 'No hay ninguna página en esta dirección.',
    hint: 'Compruebe la dirección o empiece desde su portal.',
  },
  METHOD_NOT_ALLOWED: {
    say: 'Esta dirección no admite este tipo de solicitud.',
    hint: 'Empiece de nuevo desde su portal.',
  },
  BODY_TOO_LARGE: {
    say: 'Los datos enviados superan el tamaño que admite este servicio.',
    hint: START_AGAIN,
  },
  BAD_PARAMETERS: {
    say: 'La solicitud contiene parámetros que este servicio no puede leer.',
    hint: START_AGAIN,
  },
  FORM_EXPIRED: {
    say: 'Este formulario ha caducado o no procede de nuestra página.',
    hint: 'Vuelva atrás, recargue la página y envíe el formulario de nuevo.',
  },
  FAULT: { say: 'Se ha producido un error en nuestro servicio.', hint: TRY_LATER },
  STOPPING: {
    say: 'Este servicio se está reiniciando.',
    hint: 'Inténtelo de nuevo dentro de unos segundos.',
  },
  RATE_LIMITED: {
    say: 'Se han tenido que rechazar demasiadas solicitudes de su red.',
    hint: 'Espere un minuto e inténtelo de nuevo.',
  },
  STORE_UNAVAILABLE: { say: 'En este momento no se puede atender su solicitud.', hint: TRY_LATER },
  SIGNER_FAILED: { say: 'No se pudo firmar una respuesta.', hint: TRY_LATER },

  // SAML messages, until the return address is proven.
  SAML_BAD_MESSAGE: {
    say: 'No se pudo leer la solicitud de inicio de sesión de Huawei Cloud.',
    hint: START_AGAIN,
  },
  SAML_TOO_LARGE: {
    say: 'La solicitud de inicio de sesión supera el tamaño que admite este servicio.',
    hint: START_AGAIN,
  },
  SAML_BAD_XML: {
    say: 'No se pudo leer la solicitud de inicio de sesión de Huawei Cloud.',
    hint: START_AGAIN,
  },
  SAML_BAD_REQUEST: {
    say: 'La solicitud de inicio de sesión no es una solicitud SAML completa.',
    hint: START_AGAIN,
  },
  SAML_UNKNOWN_ISSUER: {
    say: 'Esta solicitud de inicio de sesión procede de un sitio que este servicio no conoce.',
    hint: CALL_SUPPORT,
  },
  SAML_PARTY_EXPIRED: {
    say: 'Los datos que este servicio tiene del sitio solicitante han caducado.',
    hint: CALL_SUPPORT,
  },
  SAML_UNSIGNED: {
    say: 'La solicitud de inicio de sesión no está firmada, por lo que no se puede verificar su remitente.',
    hint: START_AGAIN,
  },
  SAML_WEAK_ALGORITHM: {
    say: 'La solicitud de inicio de sesión está firmada con un método que ya no es seguro.',
    hint: CALL_SUPPORT,
  },
  SAML_BAD_SIGNATURE: {
    say: 'No se pudo verificar el remitente de esta solicitud de inicio de sesión.',
    hint: START_AGAIN,
  },
  SAML_WRONG_VERSION: {
    say: 'La solicitud de inicio de sesión utiliza otra versión de SAML.',
    hint: CALL_SUPPORT,
  },
  SAML_EXPIRED: {
    say: 'Esta solicitud de inicio de sesión es demasiado antigua.',
    hint: START_AGAIN,
  },
  SAML_NOT_YET_VALID: {
    say: 'La fecha de esta solicitud de inicio de sesión está en el futuro.',
    hint: TRY_LATER,
  },
  SAML_REPLAYED: {
    say: 'Esta solicitud de inicio de sesión ya se ha utilizado.',
    hint: START_AGAIN,
  },
  SAML_WRONG_DESTINATION: {
    say: 'Esta solicitud de inicio de sesión iba dirigida a otro servicio.',
    hint: CALL_SUPPORT,
  },
  SAML_WRONG_ACS: {
    say: 'Esta solicitud de inicio de sesión pide una respuesta en una dirección que no está registrada.',
    hint: CALL_SUPPORT,
  },
  SAML_REQUEST_GONE: {
    say: 'Este inicio de sesión ha terminado o pertenece a otro navegador.',
    hint: START_AGAIN,
  },

  // SAML messages, once it is.
  SAML_UNSUPPORTED_BINDING: {
    say: 'Huawei Cloud pidió una forma de respuesta que este servicio no ofrece.',
    hint: CALL_SUPPORT,
  },
  SAML_NAME_ID_POLICY: {
    say: 'Huawei Cloud pidió un tipo de nombre que este servicio no proporciona.',
    hint: CALL_SUPPORT,
  },
  SAML_NO_PASSIVE: {
    say: 'No ha iniciado sesión y Huawei Cloud nos pidió que no mostráramos una página de inicio de sesión.',
    hint: START_AGAIN,
  },
  SAML_NO_AUTHN_CONTEXT: {
    say: 'Huawei Cloud pidió un tipo de inicio de sesión que este servicio no ofrece.',
    hint: CALL_SUPPORT,
  },
  SAML_CANNOT_ENCRYPT: {
    say: 'La respuesta debe cifrarse y este servicio no dispone de la clave necesaria.',
    hint: CALL_SUPPORT,
  },
  SAML_SUBJECT: {
    say: 'Huawei Cloud pidió que iniciara sesión una persona concreta, lo que este servicio no puede garantizar.',
    hint: CALL_SUPPORT,
  },
  SAML_NO_LOGOUT: {
    say: 'El sitio que quiere cerrar su sesión no admite el cierre de sesión único.',
    hint: CALL_SUPPORT,
  },
  SAML_LOGOUT_UNEXPECTED: {
    say: 'Un sitio ha confirmado un cierre de sesión que no está en curso o que ya había confirmado.',
    hint: 'Puede cerrar esta página.',
  },
  SAML_LOGOUT_GONE: {
    say: 'Este cierre de sesión ha terminado o pertenece a otro navegador.',
    hint: 'Ha cerrado la sesión aquí. Si comparte el equipo, cierre el navegador.',
  },
  SAML_UNKNOWN_SESSION: {
    say: 'Aquí no existe la sesión a la que se refiere este cierre de sesión.',
    hint: 'Puede cerrar esta página.',
  },

  // People.
  ACCOUNT_DISABLED: { say: 'Su cuenta está desactivada.', hint: CALL_SUPPORT },
  SIGN_IN_FAILED: {
    say: 'El nombre de usuario o la contraseña no son correctos.',
    hint: 'Compruebe ambos e inténtelo de nuevo.',
  },
  SIGN_IN_THROTTLED: {
    say: 'Ha habido demasiados intentos de inicio de sesión.',
    hint: 'Espere 15 minutos e inténtelo de nuevo.',
  },
  HANDOFF_NOT_CONFIGURED: {
    say: 'Este servicio no acepta inicios de sesión desde un portal.',
    hint: CALL_SUPPORT,
  },
  HANDOFF_BAD_TOKEN: {
    say: 'No se pudo verificar el inicio de sesión de su portal.',
    hint: START_AGAIN,
  },
  HANDOFF_REPLAYED: {
    say: 'Este inicio de sesión de su portal ya se ha utilizado.',
    hint: START_AGAIN,
  },
  HANDOFF_UNKNOWN_ACCOUNT: { say: 'Su cuenta no se conoce aquí.', hint: CALL_SUPPORT },
  HANDOFF_WRONG_BROWSER: {
    say: 'Este inicio de sesión se empezó en otro navegador o hace demasiado tiempo.',
    hint: START_AGAIN,
  },
  HANDOFF_KEYS_UNAVAILABLE: {
    say: 'En este momento no se puede verificar el inicio de sesión de su portal.',
    hint: TRY_LATER,
  },
  PORTAL_LOGOUT_BAD_TOKEN: {
    say: 'No se ha podido verificar el cierre de sesión de su portal.',
    hint: 'Si su sesión sigue abierta aquí, ciérrela en su propia página.',
  },
  ACCOUNT_INVALID: {
    say: 'Los datos de la cuenta no son válidos.',
    hint: 'Corrija los campos indicados.',
  },
  ACCOUNT_EXISTS: {
    say: 'Otra cuenta tiene ya este nombre de usuario, este identificador o esta dirección de correo.',
    hint: 'Elija otro.',
  },
  PASSWORD_WRONG: {
    say: 'La contraseña actual no es correcta.',
    hint: 'Compruébela y vuelva a intentarlo.',
  },
  PASSWORD_UNFIT: {
    say: 'La contraseña nueva no se puede usar.',
    hint: 'Elija otra: la página indica qué le falla.',
  },
  PASSWORD_LINK_INVALID: {
    say: 'Este enlace ya se ha usado o es demasiado antiguo.',
    hint: 'Pida uno nuevo allí donde lo recibió.',
  },
  SECOND_FACTOR_WRONG: {
    say: 'El código no es correcto o ya se ha utilizado.',
    hint: 'Espere al siguiente código de su aplicación o utilice un código de recuperación que no haya usado.',
  },
  SECOND_FACTOR_EXPIRED: {
    say: 'Este inicio de sesión se empezó en otro navegador o hace demasiado tiempo.',
    hint: START_AGAIN,
  },
  PASSKEY_REFUSED: {
    say: 'No se pudo verificar esta clave de acceso.',
    hint: 'Inténtelo de nuevo o elija otra forma de iniciar sesión.',
  },
  FACTOR_OUT_OF_ORDER: {
    say: 'Esto no es posible en el estado actual.',
    hint: 'Recargue la página: muestra lo que está configurado.',
  },
  FACTOR_KEY_CHANGED: {
    say: 'En este momento no se puede comprobar su aplicación de autenticación.',
    hint: CALL_SUPPORT,
  },

  // Opening and connecting Huawei Cloud.
  LAUNCH_BAD_SERVICE: {
    say: 'Este enlace lleva a una página que no es una consola de Huawei Cloud.',
    hint: 'Abra Huawei Cloud desde su portal.',
  },
  LAUNCH_UNKNOWN_SITE: {
    say: 'Este enlace indica un sitio de Huawei Cloud que este servicio no conoce.',
    hint: 'Abra Huawei Cloud desde su portal.',
  },
  BIND_BAD_MESSAGE: { say: 'No se pudo leer el mensaje de Huawei Cloud.', hint: CALL_SUPPORT },
  BIND_WEAK_ALGORITHM: {
    say: 'El mensaje de Huawei Cloud está firmado con un método que ya no es seguro.',
    hint: CALL_SUPPORT,
  },
  BIND_BAD_SIGNATURE: {
    say: 'No se pudo verificar el remitente de este mensaje.',
    hint: START_AGAIN,
  },
  BIND_UNKNOWN_ACCOUNT: {
    say: 'Huawei Cloud envió el resultado de una cuenta que no se conoce aquí.',
    hint: CALL_SUPPORT,
  },
  BIND_NOT_STARTED: {
    say: 'Últimamente no se ha iniciado ninguna conexión con Huawei Cloud para esta cuenta.',
    hint: START_AGAIN,
  },
  BIND_CONFLICT: {
    say: 'Este cliente o esta cuenta de Huawei Cloud ya tiene otra conexión.',
    hint: CALL_SUPPORT,
  },
  ACTIVATION_NOT_OFFERED: {
    say: 'Las cuentas de este sitio de Huawei Cloud se abren en la página de Huawei.',
    hint: 'Elija «Abrir Huawei Cloud» y siga las indicaciones.',
  },
  ACTIVATION_OUT_OF_ORDER: {
    say: 'Este paso ya se ha hecho o falta uno anterior.',
    hint: 'Recargue la página: muestra en qué punto está.',
  },

  // What the partner API says.
  PARTNER_NOT_CONFIGURED: {
    say: 'En este momento no se pueden abrir cuentas aquí.',
    hint: CALL_SUPPORT,
  },
  PARTNER_INVALID_INPUT: {
    say: 'Huawei Cloud no aceptaría estos datos.',
    hint: 'Corrija los campos indicados.',
  },
  PARTNER_UNREACHABLE: { say: 'Huawei Cloud no responde en este momento.', hint: TRY_LATER },
  PARTNER_THROTTLED: {
    say: 'Huawei Cloud está ocupado.',
    hint: 'Espere un minuto e inténtelo de nuevo.',
  },
  PARTNER_UNAUTHORIZED: {
    say: 'En este momento no se pueden abrir cuentas aquí.',
    hint: CALL_SUPPORT,
  },
  PARTNER_FORBIDDEN: {
    say: 'En este momento no se pueden abrir cuentas aquí.',
    hint: CALL_SUPPORT,
  },
  PARTNER_NO_AGENCY: {
    say: 'Este cliente no ha autorizado al socio a actuar en su nombre.',
    hint: 'Pida al cliente que cree una delegación para el socio e inténtelo de nuevo.',
  },
  PARTNER_REFUSED: { say: 'Huawei Cloud ha rechazado la solicitud.', hint: CALL_SUPPORT },
  PARTNER_BAD_ANSWER: {
    say: 'Huawei Cloud dio una respuesta que este servicio no puede leer.',
    hint: TRY_LATER,
  },
  PARTNER_NAME_TAKEN: {
    say: 'Este nombre de cuenta ya está en uso.',
    hint: 'Elija otro nombre de cuenta.',
  },
  PARTNER_BAD_NAME: {
    say: 'Huawei Cloud no acepta este nombre de cuenta.',
    hint: 'Utilice de 5 a 32 letras, dígitos, guiones o guiones bajos, sin empezar por un dígito.',
  },
  PARTNER_EMAIL_TAKEN: {
    say: 'Esta dirección de correo ya se utiliza en Huawei Cloud.',
    hint: 'Utilice otra dirección o conecte la cuenta que la tiene.',
  },
  PARTNER_BAD_EMAIL: {
    say: 'Huawei Cloud no acepta esta dirección de correo.',
    hint: 'Compruebe la dirección.',
  },
  PARTNER_ACCOUNT_EXISTS: {
    say: 'Este cliente ya tiene una cuenta de Huawei Cloud.',
    hint: CALL_SUPPORT,
  },
  PARTNER_WRONG_CODE: {
    say: 'El código de verificación no es correcto.',
    hint: 'Compruebe el código del correo e introdúzcalo de nuevo.',
  },
  PARTNER_CODE_SPENT: {
    say: 'Este código de verificación ya no se puede utilizar.',
    hint: 'Solicite un código nuevo.',
  },
  PARTNER_CODE_LIMIT: {
    say: 'Se han enviado demasiados códigos a esta dirección.',
    hint: 'Espere una hora e inténtelo de nuevo.',
  },
  PARTNER_ASSOCIATION_PENDING: {
    say: 'La cuenta se ha creado y se está conectando con su socio.',
    hint: 'Espere un minuto y recargue esta página.',
  },
  // Sign-in at the person’s organisation.
  UPSTREAM_NOT_CONFIGURED: {
    say: 'Este servicio no ofrece esta forma de iniciar sesión.',
    hint: 'Elija otra forma de iniciar sesión.',
  },
  UPSTREAM_UNAVAILABLE: {
    say: 'En este momento no se puede acceder al inicio de sesión de su organización.',
    hint: TRY_LATER,
  },
  UPSTREAM_BAD_ANSWER: {
    say: 'No se ha podido verificar el inicio de sesión de su organización.',
    hint: START_AGAIN,
  },
  UPSTREAM_REFUSED: {
    say: 'El inicio de sesión de su organización no le ha permitido entrar.',
    hint: 'Inténtelo de nuevo o pregunte a quienes gestionan el inicio de sesión de su organización.',
  },
  UPSTREAM_WRONG_BROWSER: {
    say: 'Este inicio de sesión comenzó en otro navegador, hace demasiado tiempo o ya se ha utilizado.',
    hint: START_AGAIN,
  },
  UPSTREAM_UNKNOWN_ACCOUNT: {
    say: 'Ha iniciado sesión en su organización, pero no tiene ninguna cuenta aquí.',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_ACCOUNT_TAKEN: {
    say: 'Aquí ya existe una cuenta con sus datos que no está conectada a este inicio de sesión.',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_BAD_ACCOUNT: {
    say: 'El inicio de sesión de su organización no nos facilita datos suficientes para abrirle una cuenta.',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_NOT_ALLOWED: {
    say: 'Su organización no le ha dado acceso a este servicio.',
    hint: 'Solicite acceso a quienes gestionan el inicio de sesión de su organización.',
  },
}
