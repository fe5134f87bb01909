// What the pages of signing in and out say.

import { catalogue } from '../../web/language.ts'

export const SIGN_IN_TEXTS = catalogue({
  en: {
    title: 'Sign in',
    login: 'Sign-in name',
    password: 'Password',
    signIn: 'Sign in',
    forgotten: 'Forgotten your password?',
    portalAsk: 'Do you usually sign in at your portal?',
    portalGo: 'Go to your portal',
    waitMinutes: (minutes: string) =>
      minutes === '1' ? 'Try again in a minute.' : `Try again in ${minutes} minutes.`,
    failures: (count: string) =>
      count === '1'
        ? 'Before you signed in, there was one attempt that failed.'
        : `Before you signed in, there were ${count} attempts that failed.`,
    failuresHelp: 'If it was not you, change your password.',
    changePassword: 'Change password',
    signOut: 'Sign out',
    signOutTitle: 'Sign out?',
    signOutLead: 'You will have to sign in again to open Huawei Cloud from here.',
    signedOutTitle: 'Signed out',
    signedOutLead: 'You are signed out here.',
    signedOutHint:
      'Huawei Cloud and your portal have sign-ins of their own. On a shared computer, sign out there too and close the browser.',
    backToPortal: 'Back to your portal',
  },
  zh: {
    title: '登录',
    login: '登录名',
    password: '密码',
    signIn: '登录',
    forgotten: '忘记密码？',
    portalAsk: '您通常在门户网站登录吗？',
    portalGo: '前往门户网站',
    waitMinutes: (minutes) => `请在 ${minutes} 分钟后重试。`,
    failures: (count) => `在您本次登录之前，有 ${count} 次登录尝试失败。`,
    failuresHelp: '如果不是您本人操作，请修改密码。',
    changePassword: '修改密码',
    signOut: '退出登录',
    signOutTitle: '要退出登录吗？',
    signOutLead: '退出后，需要重新登录才能从这里打开华为云。',
    signedOutTitle: '已退出登录',
    signedOutLead: '您已在此退出登录。',
    signedOutHint:
      '华为云和您的门户网站各有自己的登录。如果使用的是公用电脑，请在那里也退出登录，并关闭浏览器。',
    backToPortal: '返回门户网站',
  },
  de: {
    title: 'Anmelden',
    login: 'Anmeldename',
    password: 'Passwort',
    signIn: 'Anmelden',
    forgotten: 'Passwort vergessen?',
    portalAsk: 'Melden Sie sich sonst in Ihrem Portal an?',
    portalGo: 'Zu Ihrem Portal',
    waitMinutes: (minutes) =>
      minutes === '1'
        ? 'Versuchen Sie es in einer Minute erneut.'
        : `Versuchen Sie es in ${minutes} Minuten erneut.`,
    failures: (count) =>
      count === '1'
        ? 'Vor Ihrer Anmeldung gab es einen Versuch, der fehlschlug.'
        : `Vor Ihrer Anmeldung gab es ${count} Versuche, die fehlschlugen.`,
    failuresHelp: 'Wenn Sie das nicht waren, ändern Sie Ihr Passwort.',
    changePassword: 'Passwort ändern',
    signOut: 'Abmelden',
    signOutTitle: 'Möchten Sie sich abmelden?',
    signOutLead: 'Um Huawei Cloud von hier aus zu öffnen, müssen Sie sich dann wieder anmelden.',
    signedOutTitle: 'Abgemeldet',
    signedOutLead: 'Sie sind hier abgemeldet.',
    signedOutHint:
      'Huawei Cloud und Ihr Portal haben eigene Anmeldungen. Melden Sie sich an einem gemeinsam genutzten Computer auch dort ab, und schließen Sie den Browser.',
    backToPortal: 'Zurück zu Ihrem Portal',
  },
  es: {
    title: 'Iniciar sesión',
    login: 'Nombre de usuario',
    password: 'Contraseña',
    signIn: 'Iniciar sesión',
    forgotten: '¿Ha olvidado su contraseña?',
    portalAsk: '¿Suele iniciar sesión en su portal?',
    portalGo: 'Ir a su portal',
    waitMinutes: (minutes) =>
      minutes === '1'
        ? 'Vuelva a intentarlo dentro de un minuto.'
        : `Vuelva a intentarlo dentro de ${minutes} minutos.`,
    failures: (count) =>
      count === '1'
        ? 'Antes de que iniciara sesión hubo un intento fallido.'
        : `Antes de que iniciara sesión hubo ${count} intentos fallidos.`,
    failuresHelp: 'Si no fue usted, cambie su contraseña.',
    changePassword: 'Cambiar contraseña',
    signOut: 'Cerrar sesión',
    signOutTitle: '¿Desea cerrar la sesión?',
    signOutLead: 'Tendrá que volver a iniciar sesión para abrir Huawei Cloud desde aquí.',
    signedOutTitle: 'Sesión cerrada',
    signedOutLead: 'Ha cerrado la sesión aquí.',
    signedOutHint:
      'Huawei Cloud y su portal tienen sus propias sesiones. En un equipo compartido, ciérrelas también allí y cierre el navegador.',
    backToPortal: 'Volver a su portal',
  },
  fr: {
    title: 'Connexion',
    login: 'Identifiant',
    password: 'Mot de passe',
    signIn: 'Se connecter',
    forgotten: 'Mot de passe oublié ?',
    portalAsk: 'Vous vous connectez d’habitude sur votre portail ?',
    portalGo: 'Aller à votre portail',
    waitMinutes: (minutes) =>
      minutes === '1' ? 'Réessayez dans une minute.' : `Réessayez dans ${minutes} minutes.`,
    failures: (count) =>
      count === '1'
        ? 'Avant votre connexion, une tentative a échoué.'
        : `Avant votre connexion, ${count} tentatives ont échoué.`,
    failuresHelp: 'Si ce n’était pas vous, changez votre mot de passe.',
    changePassword: 'Changer de mot de passe',
    signOut: 'Se déconnecter',
    signOutTitle: 'Voulez-vous vous déconnecter ?',
    signOutLead: 'Vous devrez vous reconnecter pour ouvrir Huawei Cloud depuis cette page.',
    signedOutTitle: 'Déconnecté',
    signedOutLead: 'Vous êtes déconnecté ici.',
    signedOutHint:
      'Huawei Cloud et votre portail ont leurs propres connexions. Sur un ordinateur partagé, déconnectez-vous-y aussi et fermez le navigateur.',
    backToPortal: 'Retour à votre portail',
  },
})

export type SignInTexts = (typeof SIGN_IN_TEXTS)['en']
