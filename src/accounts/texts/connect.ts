// What a customer reads before they go to Huawei Cloud to be connected, and when they come back.

import { catalogue } from '../../web/language.ts'

export const CONNECT_TEXTS = catalogue({
  en: {
    title: 'Connect Huawei Cloud',
    lead: 'Your Huawei Cloud account is connected once. After that you get in from here without another password.',
    noneYet: 'I have no Huawei Cloud account yet',
    openHere: 'We open an account for you here.',
    openThere:
      'Huawei Cloud opens an account for you on its own page: choose “Create And Bind” there.',
    openNew: 'Open a new account',
    haveOne: 'I have one already',
    bindThere: 'Choose “Bind Account” on Huawei Cloud’s page and sign in with your account.',
    notWhen: 'Huawei Cloud cannot connect an account that',
    conditions: {
      arrears: 'has unpaid bills,',
      partner: 'is associated with another partner,',
      contract: 'has a special contract with Huawei Cloud, such as one that was signed directly,',
      consulting: 'is that of a consulting partner, or of one who has applied to be,',
      enterprise: 'is a member account of an enterprise, or an enterprise account with members,',
      reserved: 'has reserved instances that are still running.',
    },
    ifSo: 'If one of these is true of your account, open a new one instead, or ask your support team.',
    connectMine: 'Connect my account',
    connectedTitle: 'Connected to Huawei Cloud',
    connected:
      'Your Huawei Cloud account is connected. From now on you get in from your portal without another password.',
    connectedTo: (account: string) =>
      `Your Huawei Cloud account ${account} is connected. From now on you get in from your portal without another password.`,
    receivedTitle: 'Message received',
    received:
      'Huawei Cloud told us something about your account that we do not act upon. Nothing has been changed here.',
    confirmingTitle: 'Being confirmed',
    confirming:
      'Huawei Cloud told us that your account is connected. We are confirming it with Huawei Cloud, which usually takes a few minutes; you need not do anything.',
    backToPortal: 'Back to your portal',
    openNow: 'Open Huawei Cloud now',
  },
  zh: {
    title: '关联华为云',
    lead: '您的华为云账号只需关联一次。之后您可以从这里直接进入，无需另外输入密码。',
    noneYet: '我还没有华为云账号',
    openHere: '我们在此为您开通账号。',
    openThere: '华为云会在其页面上为您开通账号：请在那里选择“创建并绑定”。',
    openNew: '开通新账号',
    haveOne: '我已有账号',
    bindThere: '请在华为云页面上选择“绑定账号”，并使用您的账号登录。',
    notWhen: '以下情况的账号，华为云无法关联：',
    conditions: {
      arrears: '存在欠费；',
      partner: '已关联其他合作伙伴；',
      contract: '与华为云签有特殊合同，例如直接签署的合同；',
      consulting: '是咨询类合作伙伴的账号，或正在申请成为咨询类合作伙伴；',
      enterprise: '是企业子账号，或是已关联子账号的企业主账号；',
      reserved: '有仍在有效期内的预留实例。',
    },
    ifSo: '如果您的账号符合其中一项，请改为开通新账号，或咨询您的支持团队。',
    connectMine: '关联我的账号',
    connectedTitle: '已关联华为云',
    connected: '您的华为云账号已关联。今后您可以从门户直接进入，无需另外输入密码。',
    connectedTo: (account) =>
      `您的华为云账号 ${account} 已关联。今后您可以从门户直接进入，无需另外输入密码。`,
    receivedTitle: '消息已收到',
    received: '华为云发来一条与您的账号有关的消息，我们不据此采取任何操作。此处未作任何更改。',
    confirmingTitle: '正在确认',
    confirming:
      '华为云已通知我们您的账号已关联。我们正在与华为云确认，通常需要几分钟，您无需任何操作。',
    backToPortal: '返回您的门户',
    openNow: '立即打开华为云',
  },
  de: {
    title: 'Huawei Cloud verbinden',
    lead: 'Ihr Huawei-Cloud-Konto wird einmal verbunden. Danach gelangen Sie von hier aus hinein, ohne weiteres Passwort.',
    noneYet: 'Ich habe noch kein Huawei-Cloud-Konto',
    openHere: 'Wir eröffnen hier ein Konto für Sie.',
    openThere:
      'Huawei Cloud eröffnet auf einer eigenen Seite ein Konto für Sie: Wählen Sie dort „Create And Bind“.',
    openNew: 'Neues Konto eröffnen',
    haveOne: 'Ich habe bereits eines',
    bindThere:
      'Wählen Sie auf der Seite von Huawei Cloud „Bind Account“, und melden Sie sich mit Ihrem Konto an.',
    notWhen: 'Huawei Cloud kann ein Konto nicht verbinden, wenn es',
    conditions: {
      arrears: 'offene Rechnungen hat,',
      partner: 'einem anderen Partner zugeordnet ist,',
      contract: 'einen Sondervertrag mit Huawei Cloud hat, etwa einen direkt geschlossenen,',
      consulting: 'einem Beratungspartner gehört oder jemandem, der sich als solcher beworben hat,',
      enterprise:
        'ein Mitgliedskonto eines Unternehmens ist oder ein Unternehmenskonto mit Mitgliedern,',
      reserved: 'reservierte Instanzen hat, die noch laufen.',
    },
    ifSo: 'Trifft davon etwas auf Ihr Konto zu, eröffnen Sie stattdessen ein neues, oder fragen Sie Ihren Support.',
    connectMine: 'Mein Konto verbinden',
    connectedTitle: 'Mit Huawei Cloud verbunden',
    connected:
      'Ihr Huawei-Cloud-Konto ist verbunden. Von nun an gelangen Sie von Ihrem Portal aus hinein, ohne weiteres Passwort.',
    connectedTo: (account) =>
      `Ihr Huawei-Cloud-Konto ${account} ist verbunden. Von nun an gelangen Sie von Ihrem Portal aus hinein, ohne weiteres Passwort.`,
    receivedTitle: 'Nachricht erhalten',
    received:
      'Huawei Cloud hat uns etwas über Ihr Konto mitgeteilt, auf das wir nicht reagieren. Hier wurde nichts geändert.',
    confirmingTitle: 'Wird bestätigt',
    confirming:
      'Huawei Cloud hat uns mitgeteilt, dass Ihr Konto verbunden ist. Wir lassen es uns von Huawei Cloud bestätigen; das dauert meist einige Minuten, und Sie müssen nichts tun.',
    backToPortal: 'Zurück zu Ihrem Portal',
    openNow: 'Huawei Cloud jetzt öffnen',
  },
  es: {
    title: 'Conectar Huawei Cloud',
    lead: 'Su cuenta de Huawei Cloud se conecta una sola vez. Después entrará desde aquí sin otra contraseña.',
    noneYet: 'Aún no tengo una cuenta de Huawei Cloud',
    openHere: 'Le abrimos una cuenta aquí.',
    openThere: 'Huawei Cloud le abre una cuenta en su propia página: elija allí «Create And Bind».',
    openNew: 'Abrir una cuenta nueva',
    haveOne: 'Ya tengo una',
    bindThere: 'Elija «Bind Account» en la página de Huawei Cloud e inicie sesión con su cuenta.',
    notWhen: 'Huawei Cloud no puede conectar una cuenta que',
    conditions: {
      arrears: 'tiene facturas pendientes,',
      partner: 'está asociada a otro socio,',
      contract:
        'tiene un contrato especial con Huawei Cloud, por ejemplo uno firmado directamente,',
      consulting: 'es de un socio consultor o de alguien que ha solicitado serlo,',
      enterprise: 'es una cuenta miembro de una empresa o una cuenta de empresa con miembros,',
      reserved: 'tiene instancias reservadas aún vigentes.',
    },
    ifSo: 'Si su cuenta está en uno de estos casos, abra una nueva o consulte a su equipo de soporte.',
    connectMine: 'Conectar mi cuenta',
    connectedTitle: 'Conectado a Huawei Cloud',
    connected:
      'Su cuenta de Huawei Cloud está conectada. A partir de ahora entrará desde su portal sin otra contraseña.',
    connectedTo: (account) =>
      `Su cuenta de Huawei Cloud ${account} está conectada. A partir de ahora entrará desde su portal sin otra contraseña.`,
    receivedTitle: 'Mensaje recibido',
    received:
      'Huawei Cloud nos ha comunicado algo sobre su cuenta que no requiere ninguna acción. Aquí no se ha cambiado nada.',
    confirmingTitle: 'En confirmación',
    confirming:
      'Huawei Cloud nos ha comunicado que su cuenta está conectada. Lo estamos confirmando con Huawei Cloud, lo que suele tardar unos minutos; no tiene que hacer nada.',
    backToPortal: 'Volver a su portal',
    openNow: 'Abrir Huawei Cloud ahora',
  },
  fr: {
    title: 'Connecter Huawei Cloud',
    lead: 'Votre compte Huawei Cloud est connecté une seule fois. Ensuite, vous y accédez d’ici sans autre mot de passe.',
    noneYet: 'Je n’ai pas encore de compte Huawei Cloud',
    openHere: 'Nous ouvrons ici un compte pour vous.',
    openThere:
      'Huawei Cloud ouvre un compte pour vous sur sa propre page : choisissez-y « Create And Bind ».',
    openNew: 'Ouvrir un nouveau compte',
    haveOne: 'J’en ai déjà un',
    bindThere:
      'Choisissez « Bind Account » sur la page de Huawei Cloud et connectez-vous avec votre compte.',
    notWhen: 'Huawei Cloud ne peut pas connecter un compte qui',
    conditions: {
      arrears: 'a des factures impayées,',
      partner: 'est associé à un autre partenaire,',
      contract:
        'fait l’objet d’un contrat particulier avec Huawei Cloud, par exemple signé directement,',
      consulting: 'est celui d’un partenaire conseil, ou de quelqu’un qui a demandé à l’être,',
      enterprise:
        'est le compte membre d’une entreprise, ou un compte d’entreprise qui a des membres,',
      reserved: 'a des instances réservées encore valides.',
    },
    ifSo: 'Si votre compte est dans l’un de ces cas, ouvrez-en un nouveau ou consultez votre équipe d’assistance.',
    connectMine: 'Connecter mon compte',
    connectedTitle: 'Connecté à Huawei Cloud',
    connected:
      'Votre compte Huawei Cloud est connecté. Désormais, vous y accédez depuis votre portail sans autre mot de passe.',
    connectedTo: (account) =>
      `Votre compte Huawei Cloud ${account} est connecté. Désormais, vous y accédez depuis votre portail sans autre mot de passe.`,
    receivedTitle: 'Message reçu',
    received:
      'Huawei Cloud nous a communiqué, au sujet de votre compte, une information qui n’appelle aucune action. Rien n’a été modifié ici.',
    confirmingTitle: 'Confirmation en cours',
    confirming:
      'Huawei Cloud nous a indiqué que votre compte est connecté. Nous le faisons confirmer par Huawei Cloud, ce qui prend en général quelques minutes ; vous n’avez rien à faire.',
    backToPortal: 'Retour à votre portail',
    openNow: 'Ouvrir Huawei Cloud maintenant',
  },
})

/** The texts of one language. */
export type ConnectTexts = (typeof CONNECT_TEXTS)['en']
