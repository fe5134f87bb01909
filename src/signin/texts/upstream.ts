// What the sign-in page says of other ways in, and what a person reads on the way out.

import { catalogue } from '../../web/language.ts'

export const UPSTREAM_TEXTS = catalogue({
  en: {
    or: 'or',
    signInWith: (name: string) => `Sign in with ${name}`,
    realm: 'Whose password is it?',
    realmLocal: 'The one of this service',
    realmLdap: 'The one of my organisation',
    leavingTitle: 'Signing you out',
    leaving: (name: string) =>
      `You are signed out here. You are now being taken to ${name} to be signed out there too.`,
    leave: 'Continue',
  },
  zh: {
    or: '或',
    signInWith: (name) => `使用 ${name} 登录`,
    realm: '您要使用哪个密码？',
    realmLocal: '本服务的密码',
    realmLdap: '我所在组织的密码',
    leavingTitle: '正在退出登录',
    leaving: (name) => `您已在此退出登录。现在将转到 ${name}，以便在那里也退出登录。`,
    leave: '继续',
  },
  de: {
    or: 'oder',
    signInWith: (name) => `Anmelden mit ${name}`,
    realm: 'Welches Passwort verwenden Sie?',
    realmLocal: 'Das Passwort dieses Dienstes',
    realmLdap: 'Das Passwort meiner Organisation',
    leavingTitle: 'Sie werden abgemeldet',
    leaving: (name) =>
      `Sie sind hier abgemeldet. Sie werden jetzt zu ${name} weitergeleitet, um auch dort abgemeldet zu werden.`,
    leave: 'Weiter',
  },
  es: {
    or: 'o',
    signInWith: (name) => `Iniciar sesión con ${name}`,
    realm: '¿Qué contraseña utiliza?',
    realmLocal: 'La de este servicio',
    realmLdap: 'La de mi organización',
    leavingTitle: 'Cerrando su sesión',
    leaving: (name) =>
      `Ha cerrado la sesión aquí. A continuación pasará a ${name} para cerrarla también allí.`,
    leave: 'Continuar',
  },
  fr: {
    or: 'ou',
    signInWith: (name) => `Se connecter avec ${name}`,
    realm: 'Quel mot de passe utilisez-vous ?',
    realmLocal: 'Celui de ce service',
    realmLdap: 'Celui de mon organisation',
    leavingTitle: 'Déconnexion en cours',
    leaving: (name) =>
      `Vous êtes déconnecté ici. Vous allez maintenant être dirigé vers ${name} pour y être déconnecté aussi.`,
    leave: 'Continuer',
  },
})
