// What the customer's own page says.

import { catalogue } from '../../web/language.ts'

export const HOME_TEXTS = catalogue({
  en: {
    title: 'Your Huawei Cloud',
    conflict: 'Connected differently.',
    conflictLead:
      'Huawei Cloud names another connection than the one we know. Please tell your support team; nothing has been changed.',
    confirming: 'Being confirmed.',
    confirmingLead:
      'Huawei Cloud told us that your account is connected. We are confirming it with Huawei Cloud, which usually takes a few minutes; you need not do anything.',
    connected: 'Connected.',
    connectedReady: 'Your Huawei Cloud account is ready.',
    connectedTo: (account: string) => `Your Huawei Cloud account is ${account}.`,
    opening: 'Being opened.',
    openingLead: (account: string) =>
      `Huawei Cloud has not told us yet whether your account “${account}” is ready.`,
    created: 'Almost ready.',
    createdLead: (account: string) =>
      `Your account “${account}” exists. Huawei Cloud is connecting it to you.`,
    lookAgain: 'Look again',
    none: 'Not connected yet.',
    noneHere: 'Open a new Huawei Cloud account here, or connect one that you have.',
    noneThere: 'Huawei Cloud lets you open a new account or connect one that you have.',
    openNew: 'Open a new account',
    goOnOpening: 'Go on opening your account',
    connectMine: 'Connect an account I have',
    openHuawei: 'Open Huawei Cloud',
    details: 'Your details',
    customerNumber: 'Customer number',
    email: 'E-mail',
    accountName: 'Huawei Cloud account',
    accountId: 'Huawei Cloud account id',
  },
  zh: {
    title: '您的华为云',
    conflict: '关联不一致。',
    conflictLead: '华为云提供的关联与我们的记录不同。请联系您的支持团队；目前未作任何更改。',
    confirming: '正在确认。',
    confirmingLead:
      '华为云已通知我们您的账号已关联。我们正在与华为云确认，通常需要几分钟，您无需任何操作。',
    connected: '已关联。',
    connectedReady: '您的华为云账号已可使用。',
    connectedTo: (account) => `您的华为云账号是 ${account}。`,
    opening: '正在开通。',
    openingLead: (account) => `华为云尚未告知您的账号“${account}”是否已开通。`,
    created: '即将完成。',
    createdLead: (account) => `您的账号“${account}”已创建，华为云正在为您关联。`,
    lookAgain: '再次查看',
    none: '尚未关联。',
    noneHere: '您可以在此开通新的华为云账号，或关联已有账号。',
    noneThere: '您可以在华为云开通新账号，或关联已有账号。',
    openNew: '开通新账号',
    goOnOpening: '继续开通账号',
    connectMine: '关联已有账号',
    openHuawei: '打开华为云',
    details: '您的资料',
    customerNumber: '客户编号',
    email: '邮箱',
    accountName: '华为云账号',
    accountId: '华为云账号 ID',
  },
  de: {
    title: 'Ihre Huawei Cloud',
    conflict: 'Anders verbunden.',
    conflictLead:
      'Huawei Cloud nennt eine andere Verbindung als die uns bekannte. Bitte wenden Sie sich an Ihren Support; geändert wurde nichts.',
    confirming: 'Wird bestätigt.',
    confirmingLead:
      'Huawei Cloud hat uns mitgeteilt, dass Ihr Konto verbunden ist. Wir lassen es uns von Huawei Cloud bestätigen; das dauert meist einige Minuten, und Sie müssen nichts tun.',
    connected: 'Verbunden.',
    connectedReady: 'Ihr Huawei-Cloud-Konto ist bereit.',
    connectedTo: (account) => `Ihr Huawei-Cloud-Konto ist ${account}.`,
    opening: 'Wird eröffnet.',
    openingLead: (account) =>
      `Huawei Cloud hat uns noch nicht mitgeteilt, ob Ihr Konto „${account}“ bereit ist.`,
    created: 'Fast fertig.',
    createdLead: (account) =>
      `Ihr Konto „${account}“ besteht. Huawei Cloud verbindet es gerade mit Ihnen.`,
    lookAgain: 'Erneut nachsehen',
    none: 'Noch nicht verbunden.',
    noneHere: 'Eröffnen Sie hier ein neues Huawei-Cloud-Konto, oder verbinden Sie ein vorhandenes.',
    noneThere:
      'Bei Huawei Cloud können Sie ein neues Konto eröffnen oder ein vorhandenes verbinden.',
    openNew: 'Neues Konto eröffnen',
    goOnOpening: 'Konto weiter eröffnen',
    connectMine: 'Vorhandenes Konto verbinden',
    openHuawei: 'Huawei Cloud öffnen',
    details: 'Ihre Angaben',
    customerNumber: 'Kundennummer',
    email: 'E-Mail-Adresse',
    accountName: 'Huawei-Cloud-Konto',
    accountId: 'ID des Huawei-Cloud-Kontos',
  },
  es: {
    title: 'Su Huawei Cloud',
    conflict: 'Conexión distinta.',
    conflictLead:
      'Huawei Cloud indica una conexión distinta de la que conocemos. Avise a su equipo de soporte; no se ha cambiado nada.',
    confirming: 'En confirmación.',
    confirmingLead:
      'Huawei Cloud nos ha comunicado que su cuenta está conectada. Lo estamos confirmando con Huawei Cloud, lo que suele tardar unos minutos; no tiene que hacer nada.',
    connected: 'Conectada.',
    connectedReady: 'Su cuenta de Huawei Cloud está lista.',
    connectedTo: (account) => `Su cuenta de Huawei Cloud es ${account}.`,
    opening: 'En proceso de apertura.',
    openingLead: (account) =>
      `Huawei Cloud aún no nos ha comunicado si su cuenta «${account}» está lista.`,
    created: 'Casi lista.',
    createdLead: (account) =>
      `Su cuenta «${account}» ya existe. Huawei Cloud la está conectando con usted.`,
    lookAgain: 'Volver a consultar',
    none: 'Aún no conectada.',
    noneHere: 'Abra aquí una cuenta nueva de Huawei Cloud o conecte una que ya tenga.',
    noneThere: 'En Huawei Cloud puede abrir una cuenta nueva o conectar una que ya tenga.',
    openNew: 'Abrir una cuenta nueva',
    goOnOpening: 'Seguir abriendo su cuenta',
    connectMine: 'Conectar una cuenta que tengo',
    openHuawei: 'Abrir Huawei Cloud',
    details: 'Sus datos',
    customerNumber: 'Número de cliente',
    email: 'Correo electrónico',
    accountName: 'Cuenta de Huawei Cloud',
    accountId: 'ID de la cuenta de Huawei Cloud',
  },
  fr: {
    title: 'Votre Huawei Cloud',
    conflict: 'Connexion différente.',
    conflictLead:
      'Huawei Cloud indique une autre connexion que celle que nous connaissons. Veuillez prévenir votre équipe d’assistance ; rien n’a été modifié.',
    confirming: 'Confirmation en cours.',
    confirmingLead:
      'Huawei Cloud nous a indiqué que votre compte est connecté. Nous le faisons confirmer par Huawei Cloud, ce qui prend en général quelques minutes ; vous n’avez rien à faire.',
    connected: 'Connecté.',
    connectedReady: 'Votre compte Huawei Cloud est prêt.',
    connectedTo: (account) => `Votre compte Huawei Cloud est ${account}.`,
    opening: 'Ouverture en cours.',
    openingLead: (account) =>
      `Huawei Cloud ne nous a pas encore indiqué si votre compte « ${account} » est prêt.`,
    created: 'Presque prêt.',
    createdLead: (account) =>
      `Votre compte « ${account} » existe. Huawei Cloud est en train de vous l’associer.`,
    lookAgain: 'Vérifier à nouveau',
    none: 'Pas encore connecté.',
    noneHere: 'Ouvrez ici un nouveau compte Huawei Cloud ou connectez un compte existant.',
    noneThere:
      'Chez Huawei Cloud, vous pouvez ouvrir un nouveau compte ou connecter un compte existant.',
    openNew: 'Ouvrir un nouveau compte',
    goOnOpening: 'Poursuivre l’ouverture de votre compte',
    connectMine: 'Connecter un compte existant',
    openHuawei: 'Ouvrir Huawei Cloud',
    details: 'Vos informations',
    customerNumber: 'Numéro de client',
    email: 'Adresse e-mail',
    accountName: 'Compte Huawei Cloud',
    accountId: 'ID du compte Huawei Cloud',
  },
})

/** The texts of one language. */
export type HomeTexts = (typeof HOME_TEXTS)['en']
