// SimpleSAMLphp under PHP's own web server, with a configuration folder of ours.

import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeKeys } from './keys.ts'
import type { Place } from './place.ts'
import { startProgram } from './program.ts'
import { PAGE, type ServiceProvider } from './service-provider.ts'

const ROOT = '/usr/share/simplesamlphp'
const SITE = 'simplesamlphp-site.php'
const METADATA = '/module.php/saml/sp/metadata.php/default-sp'

export const simplesamlphp: ServiceProvider = {
  name: 'SimpleSAMLphp',
  package: 'simplesamlphp',
  file: `${ROOT}/lib/_autoload.php`,
  prepare: async (place, lifetime) => {
    const { folder } = place
    await writeKeys(place)
    await copyFile(join(import.meta.dirname, SITE), join(folder, SITE))
    await writeFile(join(folder, 'config.php'), configuration(place))
    await writeFile(join(folder, 'authsources.php'), authSources(place, ''))
    await writeFile(join(folder, 'idp.xml'), NOBODY)
    await startProgram(phpServer(place), place, lifetime)
    const answer = await fetch(`${place.url}${METADATA}`)
    return answer.text()
  },
  // PHP reads its files anew for each request.
  start: async (place, idp) => {
    await writeFile(join(place.folder, 'idp.xml'), idp.metadata)
    await writeFile(join(place.folder, 'authsources.php'), authSources(place, idp.entityId))
  },
}

const NOBODY = '<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>'

function phpServer({ folder, port }: Place) {
  const settings = ['display_errors=0', 'error_reporting=0', `session.save_path=${folder}`]
  const options = settings.flatMap((setting) => ['-d', setting])
  const args = [...options, '-S', `127.0.0.1:${port}`, '-t', `${ROOT}/www`, join(folder, SITE)]
  const environment = { SIMPLESAMLPHP_CONFIG_DIR: folder, PAGE }
  return { file: '/usr/bin/php', args, environment }
}

// The password opens nothing: the pages it guards are not asked for.
function configuration({ folder, url }: Place): string {
  return `<?php
$config = [
    'baseurlpath' => '${url}/',
    'certdir' => '${folder}/',
    'loggingdir' => '${folder}/',
    'datadir' => '${folder}/',
    'tempdir' => '${folder}/temp',
    'secretsalt' => 'the-salt-of-the-tests',
    'auth.adminpassword' => 'the-password-of-the-tests',
    'logging.handler' => 'file',
    'timezone' => 'UTC',
    'store.type' => 'phpsession',
    'session.phpsession.savepath' => '${folder}',
    'metadata.sources' => [['type' => 'xml', 'file' => '${folder}/idp.xml']],
];
`
}

function authSources({ url }: Place, idpEntityId: string): string {
  return `<?php
$config = [
    'default-sp' => [
        'saml:SP',
        'entityID' => '${url}${METADATA}',
        'idp' => '${idpEntityId}',
        'privatekey' => 'sp.key',
        'certificate' => 'sp.crt',
        'sign.authnrequest' => true,
        'WantAssertionsSigned' => true,
        'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
        'NameIDPolicy' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
    ],
];
`
}
