// What a person reads while they are signed out of one site after the other.

import { catalogue } from '../../web/language.ts'

export const LOGOUT_TEXTS = catalogue({
  en: {
    signedOut: 'You are signed out.',
    here: 'You are signed out here.',
    hereNowThere: (site: string) => `You are signed out here. Now you are signed out of ${site}.`,
    hereNowBack: (site: string) => `You are signed out here. Your browser goes back to ${site}.`,
    outOf: (site: string) => `Sign out of ${site}`,
    backTo: (site: string) => `Go back to ${site}`,
    noAnswer: (site: string) => `Does ${site} not answer?`,
    goOnWithout: 'Continue without it',
    portalToo:
      'Your portal has a sign-in of its own. On a shared computer, sign out there too and close the browser.',
    backToPortal: 'Back to your portal',
    titleMeanwhile: 'One moment, please',
    titleWhole: 'Signed out',
    titlePartly: 'Signed out here, but not everywhere',
    outcomes: {
      confirmed: 'you are signed out.',
      refused: 'it did not sign you out, or only partly. Sign out there.',
      silent: 'it did not answer. You may still be signed in there.',
      untold: 'it cannot be told from here. Sign out there.',
      waiting: 'it was not asked. Sign out there.',
      told: 'it has not answered yet.',
    },
  },
  zh: {
    signedOut: '您已退出登录。',
    here: '您已在此退出登录。',
    hereNowThere: (site) => `您已在此退出登录。现在正在从 ${site} 退出登录。`,
    hereNowBack: (site) => `您已在此退出登录。浏览器将返回 ${site}。`,
    outOf: (site) => `从 ${site} 退出登录`,
    backTo: (site) => `返回 ${site}`,
    noAnswer: (site) => `${site} 没有响应？`,
    goOnWithout: '跳过该站点并继续',
    portalToo: '您的门户有单独的登录。如果您使用的是公用电脑，请在门户中也退出登录并关闭浏览器。',
    backToPortal: '返回您的门户',
    titleMeanwhile: '请稍候',
    titleWhole: '已退出登录',
    titlePartly: '已在此退出登录，但并非在所有站点',
    outcomes: {
      confirmed: '您已退出登录。',
      refused: '该站点未能让您完全退出登录。请在该站点退出登录。',
      silent: '该站点没有响应。您在该站点可能仍处于登录状态。',
      untold: '无法从此处通知该站点。请在该站点退出登录。',
      waiting: '尚未通知该站点。请在该站点退出登录。',
      told: '该站点尚未响应。',
    },
  },
  de: {
    signedOut: 'Sie sind abgemeldet.',
    here: 'Sie sind hier abgemeldet.',
    hereNowThere: (site) => `Sie sind hier abgemeldet. Jetzt werden Sie bei ${site} abgemeldet.`,
    hereNowBack: (site) => `Sie sind hier abgemeldet. Ihr Browser kehrt zu ${site} zurück.`,
    outOf: (site) => `Bei ${site} abmelden`,
    backTo: (site) => `Zurück zu ${site}`,
    noAnswer: (site) => `Antwortet ${site} nicht?`,
    goOnWithout: 'Ohne diese Website fortfahren',
    portalToo:
      'Ihr Portal hat eine eigene Anmeldung. Melden Sie sich an einem gemeinsam genutzten Computer auch dort ab, und schließen Sie den Browser.',
    backToPortal: 'Zurück zu Ihrem Portal',
    titleMeanwhile: 'Einen Moment, bitte',
    titleWhole: 'Abgemeldet',
    titlePartly: 'Hier abgemeldet, aber nicht überall',
    outcomes: {
      confirmed: 'Sie sind abgemeldet.',
      refused: 'Sie wurden nicht oder nur teilweise abgemeldet. Melden Sie sich dort ab.',
      silent: 'keine Antwort. Möglicherweise sind Sie dort noch angemeldet.',
      untold: 'die Abmeldung ist von hier aus nicht möglich. Melden Sie sich dort ab.',
      waiting: 'die Website wurde nicht gefragt. Melden Sie sich dort ab.',
      told: 'die Website hat noch nicht geantwortet.',
    },
  },
  es: {
    signedOut: 'Ha cerrado la sesión.',
    here: 'Ha cerrado la sesión aquí.',
    hereNowThere: (site) => `Ha cerrado la sesión aquí. Ahora se cierra su sesión en ${site}.`,
    hereNowBack: (site) => `Ha cerrado la sesión aquí. Su navegador vuelve a ${site}.`,
    outOf: (site) => `Cerrar la sesión en ${site}`,
    backTo: (site) => `Volver a ${site}`,
    noAnswer: (site) => `¿No responde ${site}?`,
    goOnWithout: 'Continuar sin este sitio',
    portalToo:
      'Su portal tiene su propio inicio de sesión. Si comparte el equipo, cierre también la sesión allí y cierre el navegador.',
    backToPortal: 'Volver a su portal',
    titleMeanwhile: 'Un momento, por favor',
    titleWhole: 'Sesión cerrada',
    titlePartly: 'Sesión cerrada aquí, pero no en todas partes',
    outcomes: {
      confirmed: 'su sesión está cerrada.',
      refused: 'no cerró su sesión o solo lo hizo en parte. Ciérrela allí.',
      silent: 'no ha respondido. Es posible que su sesión siga abierta allí.',
      untold: 'no se le puede avisar desde aquí. Cierre la sesión allí.',
      waiting: 'no se le ha avisado. Cierre la sesión allí.',
      told: 'todavía no ha respondido.',
    },
  },
  fr: {
    signedOut: 'Vous êtes déconnecté.',
    here: 'Vous êtes déconnecté de ce service.',
    hereNowThere: (site) =>
      `Vous êtes déconnecté de ce service. Vous allez maintenant être déconnecté de ${site}.`,
    hereNowBack: (site) =>
      `Vous êtes déconnecté de ce service. Votre navigateur retourne sur ${site}.`,
    outOf: (site) => `Se déconnecter de ${site}`,
    backTo: (site) => `Retourner sur ${site}`,
    noAnswer: (site) => `${site} ne répond pas ?`,
    goOnWithout: 'Continuer sans ce site',
    portalToo:
      'Votre portail a sa propre connexion. Sur un ordinateur partagé, déconnectez-vous aussi du portail et fermez le navigateur.',
    backToPortal: 'Retour à votre portail',
    titleMeanwhile: 'Un instant, s’il vous plaît',
    titleWhole: 'Déconnecté',
    titlePartly: 'Déconnecté de ce service, mais pas partout',
    outcomes: {
      confirmed: 'vous êtes déconnecté.',
      refused:
        'vous n’y avez pas été déconnecté, ou en partie seulement. Déconnectez-vous sur ce site.',
      silent: 'pas de réponse. Vous y êtes peut-être encore connecté.',
      untold: 'ce site ne peut pas être prévenu d’ici. Déconnectez-vous sur ce site.',
      waiting: 'ce site n’a pas été prévenu. Déconnectez-vous sur ce site.',
      told: 'ce site n’a pas encore répondu.',
    },
  },
})

/** The texts of one language. */
export type LogoutTexts = (typeof LOGOUT_TEXTS)['en']
