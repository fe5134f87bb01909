// mod_auth_mellon: Apache with the C library lasso. Its own tool makes the keys and the metadata.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from './place.ts'
import { runProgram, startProgram } from './program.ts'
import { PAGE, type ServiceProvider } from './service-provider.ts'

const MODULES = '/usr/lib/apache2/modules'

// The tool names its files after the entity id, with everything but letters and digits as one underscore.
function fileOf({ folder, url }: Place, extension: 'key' | 'cert' | 'xml'): string {
  return join(folder, `${entityIdOf({ url }).replace(/[^\w.]+/g, '_')}.${extension}`)
}

function entityIdOf({ url }: Pick<Place, 'url'>): string {
  return `${url}/mellon/metadata`
}

// Mellon hands values on as they stand in the XML, so they are escaped already.
const SAYS_WHO = 'xUserId=<!--#echo encoding="none" var="MELLON_xUserId" -->'

export const mellon: ServiceProvider = {
  name: 'mod_auth_mellon',
  package: 'libapache2-mod-auth-mellon',
  file: `${MODULES}/mod_auth_mellon.so`,
  prepare: async (place) => {
    const args = [entityIdOf(place), `${place.url}/mellon`]
    await runProgram({ file: '/usr/sbin/mellon_create_metadata', args }, place)
    return readFile(fileOf(place, 'xml'), 'utf8')
  },
  start: async (place, idp, lifetime) => {
    const { folder } = place
    const pages = join(folder, 'pages')
    await mkdir(pages)
    await writeFile(join(pages, PAGE), SAYS_WHO)
    await writeFile(join(folder, 'idp.xml'), idp.metadata)
    await writeFile(join(folder, 'apache.conf'), apacheConfiguration(place))
    const args = ['-f', join(folder, 'apache.conf'), '-DFOREGROUND']
    await startProgram({ file: '/usr/sbin/apache2', args }, place, lifetime)
  },
}

function apacheConfiguration(place: Place): string {
  const { folder, port } = place
  const modules = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'include', 'auth_mellon']
  return `ServerRoot "${folder}"
ServerName localhost
Listen 127.0.0.1:${port}
PidFile "${folder}/apache.pid"
Mutex file:${folder}
ErrorLog "${folder}/error.log"
DocumentRoot "${folder}/pages"
StartServers 1
ServerLimit 1
ThreadsPerChild 4
MaxRequestWorkers 4
${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
<Location />
  Options +Includes
  SetOutputFilter INCLUDES
  ForceType text/html
  AuthType Mellon
  Require valid-user
  MellonEnable auth
  MellonEndpointPath /mellon
  MellonSPMetadataFile "${fileOf(place, 'xml')}"
  MellonSPPrivateKeyFile "${fileOf(place, 'key')}"
  MellonSPCertFile "${fileOf(place, 'cert')}"
  MellonIdPMetadataFile "${folder}/idp.xml"
</Location>
`
}
