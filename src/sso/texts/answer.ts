// What a person reads while their browser carries an answer of ours to Huawei Cloud.

import { catalogue } from '../../web/language.ts'

export const ANSWER_TEXTS = catalogue({
  en: {
    signedIn: 'You are signed in. Your browser goes on to Huawei Cloud.',
    refused: (say: string, reference: string) =>
      `${say} Your browser goes back to Huawei Cloud. Reference: ${reference}`,
  },
  zh: {
    signedIn: '您已登录。浏览器正在前往华为云。',
    refused: (say, reference) => `${say}浏览器将返回华为云。参考编号：${reference}`,
  },
  de: {
    signedIn: 'Sie sind angemeldet. Ihr Browser geht weiter zu Huawei Cloud.',
    refused: (say, reference) =>
      `${say} Ihr Browser kehrt zu Huawei Cloud zurück. Referenz: ${reference}`,
  },
  es: {
    signedIn: 'Ha iniciado sesión. Su navegador continúa hacia Huawei Cloud.',
    refused: (say, reference) =>
      `${say} Su navegador vuelve a Huawei Cloud. Referencia: ${reference}`,
  },
  fr: {
    signedIn: 'Vous êtes connecté. Votre navigateur continue vers Huawei Cloud.',
    refused: (say, reference) =>
      `${say} Votre navigateur retourne sur Huawei Cloud. Référence : ${reference}`,
  },
})
