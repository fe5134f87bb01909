// What the pages of passwords say: changing one, setting one by a link, having forgotten one.

import { catalogue } from '../../web/language.ts'

export const PASSWORD_TEXTS = catalogue({
  en: {
    changeTitle: 'Change your password',
    current: 'Current password',
    next: 'New password',
    again: 'New password once more',
    rules: 'At least 10 characters. A few unrelated words are easy to remember and hard to guess.',
    change: 'Change password',
    changedTitle: 'Password changed',
    changedLead: 'You are still signed in here, and signed out everywhere else.',
    setTitle: 'Set a new password',
    setLead: (login: string) => `For the sign-in name ${login}. The link works once.`,
    set: 'Set password',
    doneTitle: 'Password set',
    doneLead: 'Your new password is set. You are signed out everywhere: sign in with it now.',
    signIn: 'Sign in',
    noneTitle: 'You have no password here',
    noneLead: 'You sign in elsewhere, and your password is changed there.',
    forgottenTitle: 'Forgotten your password?',
    forgottenLead:
      'Ask for a link that sets a new one, at your portal or from your support team. This service sends no e-mail itself.',
    back: 'Back',
    problems: {
      'too-short': 'The new password is too short: it needs 10 characters.',
      'too-long': 'The new password is too long.',
      uniform: 'The new password has too few different characters.',
      personal: 'The new password is made of your name, your address or the name of this service.',
      breached: 'Many people use this password, and attackers try it first. Choose another one.',
      different: 'The two entries of the new password differ.',
      same: 'The new password is the current one.',
    },
  },
  zh: {
    changeTitle: '修改密码',
    current: '当前密码',
    next: '新密码',
    again: '再次输入新密码',
    rules: '至少 10 个字符。几个互不相关的词语既容易记住，又难以猜到。',
    change: '修改密码',
    changedTitle: '密码已修改',
    changedLead: '您在此处保持登录，其他地方均已退出登录。',
    setTitle: '设置新密码',
    setLead: (login) => `登录名：${login}。此链接只能使用一次。`,
    set: '设置密码',
    doneTitle: '密码已设置',
    doneLead: '新密码已设置，所有登录均已退出。请使用新密码登录。',
    signIn: '登录',
    noneTitle: '您在此处没有密码',
    noneLead: '您在其他地方登录，请在那里修改密码。',
    forgottenTitle: '忘记密码？',
    forgottenLead: '请在门户网站或向支持团队索取用于设置新密码的链接。本服务不发送电子邮件。',
    back: '返回',
    problems: {
      'too-short': '新密码太短，至少需要 10 个字符。',
      'too-long': '新密码太长。',
      uniform: '新密码中不同的字符太少。',
      personal: '新密码由您的姓名、邮箱地址或本服务的名称组成。',
      breached: '许多人使用此密码，攻击者会最先尝试它。请另选一个密码。',
      different: '两次输入的新密码不一致。',
      same: '新密码与当前密码相同。',
    },
  },
  de: {
    changeTitle: 'Passwort ändern',
    current: 'Aktuelles Passwort',
    next: 'Neues Passwort',
    again: 'Neues Passwort wiederholen',
    rules:
      'Mindestens 10 Zeichen. Einige Wörter ohne Zusammenhang sind leicht zu merken und schwer zu erraten.',
    change: 'Passwort ändern',
    changedTitle: 'Passwort geändert',
    changedLead: 'Sie bleiben hier angemeldet und sind überall sonst abgemeldet.',
    setTitle: 'Neues Passwort festlegen',
    setLead: (login) => `Für den Anmeldenamen ${login}. Der Link gilt einmal.`,
    set: 'Passwort festlegen',
    doneTitle: 'Passwort festgelegt',
    doneLead:
      'Ihr neues Passwort gilt. Sie sind überall abgemeldet: Melden Sie sich jetzt damit an.',
    signIn: 'Anmelden',
    noneTitle: 'Sie haben hier kein Passwort',
    noneLead: 'Sie melden sich anderswo an und ändern Ihr Passwort dort.',
    forgottenTitle: 'Passwort vergessen?',
    forgottenLead:
      'Bitten Sie in Ihrem Portal oder bei Ihrem Support um einen Link, mit dem Sie ein neues festlegen. Dieser Dienst selbst versendet keine E-Mails.',
    back: 'Zurück',
    problems: {
      'too-short': 'Das neue Passwort ist zu kurz: Es braucht 10 Zeichen.',
      'too-long': 'Das neue Passwort ist zu lang.',
      uniform: 'Das neue Passwort hat zu wenige verschiedene Zeichen.',
      personal:
        'Das neue Passwort besteht aus Ihrem Namen, Ihrer Adresse oder dem Namen dieses Dienstes.',
      breached:
        'Viele Menschen verwenden dieses Passwort, und Angreifer versuchen es zuerst. Wählen Sie ein anderes.',
      different: 'Die beiden Eingaben des neuen Passworts unterscheiden sich.',
      same: 'Das neue Passwort ist das aktuelle.',
    },
  },
  es: {
    changeTitle: 'Cambiar la contraseña',
    current: 'Contraseña actual',
    next: 'Contraseña nueva',
    again: 'Repita la contraseña nueva',
    rules:
      'Al menos 10 caracteres. Unas pocas palabras sin relación son fáciles de recordar y difíciles de adivinar.',
    change: 'Cambiar contraseña',
    changedTitle: 'Contraseña cambiada',
    changedLead: 'Su sesión sigue abierta aquí y se ha cerrado en todos los demás sitios.',
    setTitle: 'Establecer una contraseña nueva',
    setLead: (login) => `Para el nombre de usuario ${login}. El enlace sirve una sola vez.`,
    set: 'Establecer contraseña',
    doneTitle: 'Contraseña establecida',
    doneLead:
      'Su contraseña nueva ya es válida. Se han cerrado todas sus sesiones: inicie sesión con ella.',
    signIn: 'Iniciar sesión',
    noneTitle: 'No tiene contraseña aquí',
    noneLead: 'Usted inicia sesión en otro sitio y cambia allí su contraseña.',
    forgottenTitle: '¿Ha olvidado su contraseña?',
    forgottenLead:
      'Pida en su portal o a su equipo de soporte un enlace para establecer una nueva. Este servicio no envía correos electrónicos.',
    back: 'Volver',
    problems: {
      'too-short': 'La contraseña nueva es demasiado corta: necesita 10 caracteres.',
      'too-long': 'La contraseña nueva es demasiado larga.',
      uniform: 'La contraseña nueva tiene muy pocos caracteres distintos.',
      personal:
        'La contraseña nueva se compone de su nombre, su dirección o el nombre de este servicio.',
      breached:
        'Muchas personas usan esta contraseña y es de las primeras que prueban los atacantes. Elija otra.',
      different: 'Las dos contraseñas nuevas no coinciden.',
      same: 'La contraseña nueva es la actual.',
    },
  },
  fr: {
    changeTitle: 'Changer de mot de passe',
    current: 'Mot de passe actuel',
    next: 'Nouveau mot de passe',
    again: 'Nouveau mot de passe, une seconde fois',
    rules:
      'Au moins 10 caractères. Quelques mots sans rapport entre eux se retiennent bien et se devinent mal.',
    change: 'Changer de mot de passe',
    changedTitle: 'Mot de passe changé',
    changedLead: 'Vous restez connecté ici et vous êtes déconnecté partout ailleurs.',
    setTitle: 'Définir un nouveau mot de passe',
    setLead: (login) => `Pour l’identifiant ${login}. Ce lien ne fonctionne qu’une fois.`,
    set: 'Définir le mot de passe',
    doneTitle: 'Mot de passe défini',
    doneLead:
      'Votre nouveau mot de passe est en place. Vous êtes déconnecté partout : connectez-vous avec celui-ci.',
    signIn: 'Se connecter',
    noneTitle: 'Vous n’avez pas de mot de passe ici',
    noneLead: 'Vous vous connectez ailleurs, et c’est là que votre mot de passe se change.',
    forgottenTitle: 'Mot de passe oublié ?',
    forgottenLead:
      'Demandez, sur votre portail ou à votre support, un lien pour en définir un nouveau. Ce service n’envoie pas d’e-mails.',
    back: 'Retour',
    problems: {
      'too-short': 'Le nouveau mot de passe est trop court : il lui faut 10 caractères.',
      'too-long': 'Le nouveau mot de passe est trop long.',
      uniform: 'Le nouveau mot de passe a trop peu de caractères différents.',
      personal:
        'Le nouveau mot de passe se compose de votre nom, de votre adresse ou du nom de ce service.',
      breached:
        'Beaucoup de gens utilisent ce mot de passe, et les attaquants l’essaient en premier. Choisissez-en un autre.',
      different: 'Les deux saisies du nouveau mot de passe diffèrent.',
      same: 'Le nouveau mot de passe est l’actuel.',
    },
  },
})

export type PasswordTexts = (typeof PASSWORD_TEXTS)['en']

/** What can be said of a new password above its form. */
export type SaidProblem = keyof PasswordTexts['problems']
