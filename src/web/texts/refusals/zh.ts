// What refusals say to customers in simplified Chinese; the English is the table's own (base/error-codes.ts).

import type { RefusalTexts } from './customer-codes.ts'

const START_AGAIN = '请返回您的门户，重新打开华为云。'
const CALL_SUPPORT = '请将下方的参考编号告知技术支持人员。'
const TRY_LATER = '请稍候再试。如果问题仍然存在，请将参考编号告知技术支持人员。'

export const zh: RefusalTexts = {
  // The web itself.
  NOT_FOUND: { say: '该地址没有页面。', hint: '请检查地址，或从您的门户重新开始。' },
  METHOD_NOT_ALLOWED: { say: '该地址不接受此类请求。', hint: '请从您的门户重新开始。' },
  BODY_TOO_LARGE: { say: '发送的内容超出了本服务可接受的大小。', hint: START_AGAIN },
  BAD_PARAMETERS: { say: '请求中包含本服务无法读取的参数。', hint: START_AGAIN },
  FORM_EXPIRED: {
    say: '此表单已过期，或并非来自我们的页面。',
    hint: '请返回上一页，刷新后重新提交表单。',
  },
  FAULT: { say: '我们的系统出现了问题。', hint: TRY_LATER },
  STOPPING: { say: '本服务正在重启。', hint: '请几秒钟后再试。' },
  RATE_LIMITED: { say: '来自您所在网络的请求被拒绝的次数过多。', hint: '请等待一分钟后再试。' },
  STORE_UNAVAILABLE: { say: '目前无法处理您的请求。', hint: TRY_LATER },
  SIGNER_FAILED: { say: '未能对应答进行签名。', hint: TRY_LATER },

  // SAML messages, until the return address is proven.
  SAML_BAD_MESSAGE: { say: '无法读取华为云发来的登录请求。', hint: START_AGAIN },
  SAML_TOO_LARGE: { say: '登录请求超出了本服务可接受的大小。', hint: START_AGAIN },
  SAML_BAD_XML: { say: '无法读取华为云发来的登录请求。', hint: START_AGAIN },
  SAML_BAD_REQUEST: { say: '登录请求不是完整的 SAML 请求。', hint: START_AGAIN },
  SAML_UNKNOWN_ISSUER: { say: '此登录请求来自本服务未知的站点。', hint: CALL_SUPPORT },
  SAML_PARTY_EXPIRED: { say: '本服务保存的请求站点信息已过期。', hint: CALL_SUPPORT },
  SAML_UNSIGNED: { say: '登录请求没有签名，因此无法验证其发送方。', hint: START_AGAIN },
  SAML_WEAK_ALGORITHM: { say: '登录请求的签名方式已不再安全。', hint: CALL_SUPPORT },
  SAML_BAD_SIGNATURE: { say: '无法验证此登录请求的发送方。', hint: START_AGAIN },
  SAML_WRONG_VERSION: { say: '登录请求使用了其他版本的 SAML。', hint: CALL_SUPPORT },
  SAML_EXPIRED: { say: '此登录请求已过期。', hint: START_AGAIN },
  SAML_NOT_YET_VALID: { say: '此登录请求的日期在未来。', hint: TRY_LATER },
  SAML_REPLAYED: { say: '此登录请求已被使用过。', hint: START_AGAIN },
  SAML_WRONG_DESTINATION: { say: '此登录请求是发给另一个服务的。', hint: CALL_SUPPORT },
  SAML_WRONG_ACS: { say: '此登录请求要求将应答发送到未登记的地址。', hint: CALL_SUPPORT },
  SAML_REQUEST_GONE: { say: '此次登录已结束，或属于另一个浏览器。', hint: START_AGAIN },

  // SAML messages, once it is.
  SAML_UNSUPPORTED_BINDING: { say: '华为云要求的应答方式本服务不提供。', hint: CALL_SUPPORT },
  SAML_NAME_ID_POLICY: { say: '华为云要求的名称类型本服务不提供。', hint: CALL_SUPPORT },
  SAML_NO_PASSIVE: { say: '您尚未登录，而华为云要求我们不显示登录页面。', hint: START_AGAIN },
  SAML_NO_AUTHN_CONTEXT: { say: '华为云要求的登录方式本服务不提供。', hint: CALL_SUPPORT },
  SAML_CANNOT_ENCRYPT: { say: '应答必须加密，但本服务没有用于加密的密钥。', hint: CALL_SUPPORT },
  SAML_SUBJECT: { say: '华为云要求特定的人员登录，本服务无法保证这一点。', hint: CALL_SUPPORT },
  SAML_NO_LOGOUT: { say: '要求您退出登录的站点不支持单点退出。', hint: CALL_SUPPORT },
  SAML_LOGOUT_UNEXPECTED: {
    say: '某个站点确认了并未进行的退出登录，或重复确认了一次。',
    hint: '您可以关闭此页面。',
  },
  SAML_LOGOUT_GONE: {
    say: '此次退出登录已结束，或属于另一个浏览器。',
    hint: '您已在此退出登录。如果您使用的是公用电脑，请关闭浏览器。',
  },
  SAML_UNKNOWN_SESSION: { say: '此处没有该退出请求所指的登录。', hint: '您可以关闭此页面。' },

  // People.
  ACCOUNT_DISABLED: { say: '您的账号已被停用。', hint: CALL_SUPPORT },
  SIGN_IN_FAILED: { say: '登录名或密码不正确。', hint: '请检查后重试。' },
  SIGN_IN_THROTTLED: { say: '尝试登录的次数过多。', hint: '请等待 15 分钟后再试。' },
  HANDOFF_NOT_CONFIGURED: { say: '本服务不接受来自门户的登录。', hint: CALL_SUPPORT },
  HANDOFF_BAD_TOKEN: { say: '无法验证来自您门户的登录。', hint: START_AGAIN },
  HANDOFF_REPLAYED: { say: '来自您门户的此次登录已被使用过。', hint: START_AGAIN },
  HANDOFF_UNKNOWN_ACCOUNT: { say: '此处没有您的账号。', hint: CALL_SUPPORT },
  HANDOFF_WRONG_BROWSER: {
    say: '此次登录是在另一个浏览器中开始的，或开始得太早。',
    hint: START_AGAIN,
  },
  HANDOFF_KEYS_UNAVAILABLE: { say: '目前无法验证来自您门户的登录。', hint: TRY_LATER },
  PORTAL_LOGOUT_BAD_TOKEN: {
    say: '无法验证您门户的退出登录请求。',
    hint: '如果您在此处仍处于登录状态，请在您自己的页面上退出登录。',
  },
  ACCOUNT_INVALID: { say: '账号信息无效。', hint: '请更正所列的字段。' },
  ACCOUNT_EXISTS: {
    say: '另一个账号已使用此登录名、账号 ID 或电子邮箱地址。',
    hint: '请另选一个。',
  },
  PASSWORD_WRONG: { say: '当前密码不正确。', hint: '请核对后重试。' },
  PASSWORD_UNFIT: { say: '新密码无法使用。', hint: '请另选一个密码，页面会说明原因。' },
  PASSWORD_LINK_INVALID: {
    say: '此链接已使用或已过期。',
    hint: '请向提供链接的一方索取新的链接。',
  },
  SECOND_FACTOR_WRONG: {
    say: '验证码不正确，或已被使用过。',
    hint: '请等待应用生成下一个验证码，或使用尚未用过的恢复码。',
  },
  SECOND_FACTOR_EXPIRED: {
    say: '此次登录是在另一个浏览器中开始的，或开始得太早。',
    hint: START_AGAIN,
  },
  PASSKEY_REFUSED: { say: '无法验证此通行密钥。', hint: '请重试，或选择其他登录方式。' },
  FACTOR_OUT_OF_ORDER: {
    say: '当前状态下无法执行此操作。',
    hint: '请刷新页面：页面会显示已设置的内容。',
  },
  FACTOR_KEY_CHANGED: { say: '目前无法验证您的身份验证器应用。', hint: CALL_SUPPORT },

  // Opening and connecting Huawei Cloud.
  LAUNCH_BAD_SERVICE: {
    say: '此链接指向的页面不是华为云控制台。',
    hint: '请改从您的门户打开华为云。',
  },
  LAUNCH_UNKNOWN_SITE: {
    say: '此链接指定的华为云站点对本服务来说是未知的。',
    hint: '请改从您的门户打开华为云。',
  },
  BIND_BAD_MESSAGE: { say: '无法读取华为云发来的消息。', hint: CALL_SUPPORT },
  BIND_WEAK_ALGORITHM: { say: '华为云消息的签名方式已不再安全。', hint: CALL_SUPPORT },
  BIND_BAD_SIGNATURE: { say: '无法验证此消息的发送方。', hint: START_AGAIN },
  BIND_UNKNOWN_ACCOUNT: { say: '华为云发来的结果所属的账号在此处是未知的。', hint: CALL_SUPPORT },
  BIND_NOT_STARTED: { say: '最近没有为此账号开始连接华为云。', hint: START_AGAIN },
  BIND_CONFLICT: { say: '此客户或此华为云账号已有其他连接。', hint: CALL_SUPPORT },
  ACTIVATION_NOT_OFFERED: {
    say: '此华为云站点的账号需在华为的页面上开通。',
    hint: '请选择“打开华为云”，并按照页面提示操作。',
  },
  ACTIVATION_OUT_OF_ORDER: {
    say: '此步骤已完成，或缺少之前的步骤。',
    hint: '请刷新页面：页面会显示您所处的步骤。',
  },

  // What the partner API says.
  PARTNER_NOT_CONFIGURED: { say: '目前无法在此开通账号。', hint: CALL_SUPPORT },
  PARTNER_INVALID_INPUT: { say: '华为云不会接受这些信息。', hint: '请更正所列的字段。' },
  PARTNER_UNREACHABLE: { say: '华为云目前没有响应。', hint: TRY_LATER },
  PARTNER_THROTTLED: { say: '华为云正忙。', hint: '请等待一分钟后再试。' },
  PARTNER_UNAUTHORIZED: { say: '目前无法在此开通账号。', hint: CALL_SUPPORT },
  PARTNER_FORBIDDEN: { say: '目前无法在此开通账号。', hint: CALL_SUPPORT },
  PARTNER_NO_AGENCY: {
    say: '此客户尚未授权合作伙伴代为操作。',
    hint: '请客户为合作伙伴创建委托，然后重试。',
  },
  PARTNER_REFUSED: { say: '华为云拒绝了该请求。', hint: CALL_SUPPORT },
  PARTNER_BAD_ANSWER: { say: '本服务无法读取华为云的应答。', hint: TRY_LATER },
  PARTNER_NAME_TAKEN: { say: '此账号名已被使用。', hint: '请另选一个账号名。' },
  PARTNER_BAD_NAME: {
    say: '华为云不接受此账号名。',
    hint: '请使用 5 到 32 个字母、数字、连字符或下划线，且不能以数字开头。',
  },
  PARTNER_EMAIL_TAKEN: {
    say: '此电子邮箱地址已在华为云使用。',
    hint: '请使用其他地址，或连接使用该地址的账号。',
  },
  PARTNER_BAD_EMAIL: { say: '华为云不接受此电子邮箱地址。', hint: '请检查该地址。' },
  PARTNER_ACCOUNT_EXISTS: { say: '此客户已有华为云账号。', hint: CALL_SUPPORT },
  PARTNER_WRONG_CODE: { say: '验证码不正确。', hint: '请核对邮件中的验证码并重新输入。' },
  PARTNER_CODE_SPENT: { say: '此验证码已失效。', hint: '请重新获取验证码。' },
  PARTNER_CODE_LIMIT: { say: '发送到此地址的验证码过多。', hint: '请等待一小时后再试。' },
  PARTNER_ASSOCIATION_PENDING: {
    say: '账号已创建，正在与您的合作伙伴连接。',
    hint: '请等待一分钟后刷新此页面。',
  },
  // Sign-in at the person’s organisation.
  UPSTREAM_NOT_CONFIGURED: { say: '本服务不提供此登录方式。', hint: '请选择其他登录方式。' },
  UPSTREAM_UNAVAILABLE: { say: '目前无法连接贵组织的登录服务。', hint: TRY_LATER },
  UPSTREAM_BAD_ANSWER: { say: '无法验证贵组织的登录结果。', hint: START_AGAIN },
  UPSTREAM_REFUSED: {
    say: '贵组织的登录服务拒绝了您的登录。',
    hint: '请重试，或咨询贵组织登录服务的管理人员。',
  },
  UPSTREAM_WRONG_BROWSER: {
    say: '此次登录是在其他浏览器中发起的、已经超时或已被使用过。',
    hint: START_AGAIN,
  },
  UPSTREAM_UNKNOWN_ACCOUNT: { say: '您已在贵组织登录，但在本服务中没有账号。', hint: CALL_SUPPORT },
  UPSTREAM_ACCOUNT_TAKEN: {
    say: '本服务中已有使用您资料的账号，且该账号未与此登录方式关联。',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_BAD_ACCOUNT: {
    say: '贵组织的登录服务提供的信息不足，无法为您创建账号。',
    hint: CALL_SUPPORT,
  },
  UPSTREAM_NOT_ALLOWED: {
    say: '贵组织尚未授予您使用本服务的权限。',
    hint: '请向贵组织登录服务的管理人员申请权限。',
  },
}
