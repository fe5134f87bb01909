// Proofs of identity: what may be uploaded, under which names and in which order.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uploadAttachments } from '../../src/files/attach.ts'
import { checkAttachments } from '../../src/files/attachment.ts'
import type { Bucket } from '../../src/files/bucket.ts'

const CONTENT = {
  jpg: Buffer.from('\xff\xd8\xff\xe0 picture', 'latin1'),
  png: Buffer.from('\x89PNG\r\n\x1a\n picture', 'latin1'),
  gif: Buffer.from('GIF89a picture'),
  bmp: Buffer.from('BM picture'),
  pdf: Buffer.from('%PDF-1.7 document'),
} as const

const PLAIN = { as: undefined, proof: undefined }

test('every kind that Huawei takes passes, with the case of its name kept', () => {
  const files = [
    { name: 'Passport.JPG', content: CONTENT.jpg },
    { name: 'a.jpeg', content: CONTENT.jpg },
    { name: 'a.png', content: CONTENT.png },
    { name: 'a.gif', content: CONTENT.gif },
    { name: 'a.bmp', content: CONTENT.bmp },
    { name: 'a.pdf', content: CONTENT.pdf },
  ]

  const attachments = checkAttachments(files, PLAIN)

  assert.deepEqual(
    attachments.map(({ url, contentType }) => [url, contentType]),
    [
      ['Passport.JPG', 'image/jpeg'],
      ['a.jpeg', 'image/jpeg'],
      ['a.png', 'image/png'],
      ['a.gif', 'image/gif'],
      ['a.bmp', 'image/bmp'],
      ['a.pdf', 'application/pdf'],
    ],
  )
})

test('the files of a proof get its name in the order in which they were given', () => {
  const files = [
    { name: 'one.jpg', content: CONTENT.jpg },
    { name: 'two.png', content: CONTENT.png },
  ]

  const attachments = checkAttachments(files, { as: 'c-1/passport', proof: 'passport' })

  assert.deepEqual(
    attachments.map(({ url }) => url),
    ['c-1/passport-1.jpg', 'c-1/passport-2.png'],
  )
})

const REFUSED = [
  ['a script that is called a picture', 'a.jpg', Buffer.from('#!/bin/sh'), 'ATTACHMENT_WRONG_TYPE'],
  ['a picture that is called a document', 'a.pdf', CONTENT.jpg, 'ATTACHMENT_WRONG_TYPE'],
  ['a picture without ending', 'a', CONTENT.jpg, 'ATTACHMENT_WRONG_TYPE'],
  ['an empty file', 'a.jpg', Buffer.alloc(0), 'ATTACHMENT_WRONG_TYPE'],
  ['a name with a space', 'my passport.jpg', CONTENT.jpg, 'ATTACHMENT_BAD_NAME'],
  ['a name that climbs', '../a.jpg', CONTENT.jpg, 'ATTACHMENT_BAD_NAME'],
  ['a name that is hidden', '.a.jpg', CONTENT.jpg, 'ATTACHMENT_BAD_NAME'],
  [
    'a file of more than 10 MB',
    'a.jpg',
    Buffer.concat([CONTENT.jpg, Buffer.alloc(10 * 1024 * 1024)]),
    'ATTACHMENT_TOO_LARGE',
  ],
] as const

for (const [title, name, content, code] of REFUSED) {
  test(`${title} is refused`, () => {
    assert.throws(() => checkAttachments([{ name, content }], PLAIN), { code })
  })
}

test('a proof that is not complete is refused, and what belongs to it is named', () => {
  const files = [{ name: 'a.jpg', content: CONTENT.jpg }]

  assert.throws(() => checkAttachments(files, { as: undefined, proof: 'permit' }), {
    code: 'ATTACHMENT_INCOMPLETE',
    facts: { proof: 'permit', wanted: '1. front, 2. back, 3. hand-held front', given: 1 },
  })
})

test('two files of one name are refused', () => {
  const file = { name: 'a.jpg', content: CONTENT.jpg }

  assert.throws(() => checkAttachments([file, file], PLAIN), { code: 'ATTACHMENT_BAD_NAME' })
})

function bucketWith(...keys: readonly string[]) {
  const put: string[] = []
  const bucket: Bucket = {
    list: async function* (prefix) {
      for (const key of keys) if (key.startsWith(prefix)) yield { key, sizeBytes: 1 }
    },
    get: () => assert.fail('nothing is read'),
    put: async (key) => {
      put.push(key)
    },
  }
  return { bucket, put }
}

test("another customer's file is not replaced unless that is asked for", async () => {
  const { bucket, put } = bucketWith('download/b.jpg')
  const files = ['a.jpg', 'b.jpg'].map((name) => ({ name, content: CONTENT.jpg }))
  const attachments = checkAttachments(files, PLAIN)

  await assert.rejects(uploadAttachments(attachments, bucket, false), {
    code: 'ATTACHMENT_NAME_TAKEN',
  })
  assert.deepEqual(put, [])
  await uploadAttachments(attachments, bucket, true)

  assert.deepEqual(put, ['download/a.jpg', 'download/b.jpg'])
})
