// What stands around every page for customers.

import { catalogue } from '../language.ts'

export const FRAME_TEXTS = catalogue({
  en: {
    service: 'Huawei Cloud sign-in',
    skip: 'Skip to the content',
    language: 'Language',
    oneMoment: 'One moment, please',
    goOn: 'Continue',
    code: 'Code',
    reference: 'Reference',
    support: 'Contact support',
  },
  zh: {
    service: '华为云登录',
    skip: '跳到正文',
    language: '语言',
    oneMoment: '请稍候',
    goOn: '继续',
    code: '代码',
    reference: '参考编号',
    support: '联系技术支持',
  },
  de: {
    service: 'Anmeldung bei Huawei Cloud',
    skip: 'Zum Inhalt springen',
    language: 'Sprache',
    oneMoment: 'Einen Moment, bitte',
    goOn: 'Weiter',
    code: 'Fehlercode',
    reference: 'Referenz',
    support: 'Support kontaktieren',
  },
  es: {
    service: 'Inicio de sesión en Huawei Cloud',
    skip: 'Saltar al contenido',
    language: 'Idioma',
    oneMoment: 'Un momento, por favor',
    goOn: 'Continuar',
    code: 'Código',
    reference: 'Referencia',
    support: 'Contactar con el servicio de asistencia',
  },
  fr: {
    service: 'Connexion à Huawei Cloud',
    skip: 'Aller au contenu',
    language: 'Langue',
    oneMoment: 'Un instant, s’il vous plaît',
    goOn: 'Continuer',
    code: 'Code d’erreur',
    reference: 'Référence',
    support: 'Contacter l’assistance',
  },
})
