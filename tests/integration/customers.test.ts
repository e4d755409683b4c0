import { beforeEach, describe, expect, test } from 'vitest'
import type { Customer } from '@/scripts/sample/model'
import { customer, writeExport, xmlDocument } from '@/tests/fixtures/export'
import { writeRaw } from '@/tests/fixtures/files'
import { eventually } from '@/tests/setup/eventually'
import { countsOf, emptyDatabase, importNow, problemsOf, query, sessionOf, start } from '@/tests/setup/imports'
import { temporaryDirectory } from '@/tests/setup/temporary'
import { startWorker } from '@/tests/setup/worker'

beforeEach(emptyDatabase)

// The check digits are right; region 00 is given to nobody.
const COMPANY_INN = '0012345673'
const PERSON_INN = '001234567887'

async function imported(...customers: Customer[]) {
  const source = temporaryDirectory()
  await writeExport(source, { customers })
  return importNow(['customers'], source)
}

const stored = (columns: string) => query(`select ${columns} from customers order by onec_id`)

describe('customers', () => {
  test('are imported with name, tax ids, contacts and address', async () => {
    const session = await imported(
      customer({
        id: 'c',
        name: ' Клуб ',
        fullName: 'ООО «Клуб»',
        inn: COMPANY_INN,
        kpp: '770001001',
        email: 'Club@Example.com',
        phone: '8 (000) 123-45-67',
        address: 'г. Заозёрск, ул. Спортивная, д. 1',
      }),
    )
    expect(session.status).toBe('COMPLETED')
    expect(countsOf(session, 'customers')).toEqual({ processed: 1, created: 1 })
    expect(await stored('onec_id, kind, name, full_name, inn, kpp, email, phone, address')).toEqual([
      {
        onec_id: 'c',
        kind: 'legal_entity',
        name: 'Клуб',
        full_name: 'ООО «Клуб»',
        inn: COMPANY_INN,
        kpp: '770001001',
        email: 'club@example.com',
        phone: '+70001234567',
        address: 'г. Заозёрск, ул. Спортивная, д. 1',
      },
    ])
  })

  test('are those with the role «Покупатель», or with none; the rest is skipped and counted', async () => {
    const session = await imported(
      customer({ id: 'both', roles: ['Поставщик', 'Покупатель'] }),
      customer({ id: 'none', roles: [] }),
      customer({ id: 'empty', roles: [''] }),
      customer({ id: 'seller', roles: ['Поставщик'] }),
      customer({ id: 'nameless seller', name: '', roles: ['Поставщик'] }),
    )
    expect(session.status).toBe('COMPLETED')
    expect(countsOf(session, 'customers')).toEqual({ processed: 5, created: 3, skipped: 2, warnings: 2 })
    expect(problemsOf(session)).toEqual(['warning not_a_buyer × 2'])
    expect(await stored('onec_id')).toEqual([{ onec_id: 'both' }, { onec_id: 'empty' }, { onec_id: 'none' }])
  })

  test('are legal entities, entrepreneurs or individuals by their tax ids and full names', async () => {
    const cases = [
      ['КПП', { kpp: '770001001' }, 'legal_entity'],
      ['a tax id of ten digits', { inn: COMPANY_INN }, 'legal_entity'],
      ['a company form behind a comma', { fullName: 'Акционерный клуб, АО' }, 'legal_entity'],
      ['a company form before a comma', { fullName: 'Клуб ООО, Москва' }, 'legal_entity'],
      ['a company form right before the quotes', { fullName: 'ООО«Клуб»' }, 'legal_entity'],
      ['a company form in words', { fullName: 'Публичное акционерное общество «Клуб»' }, 'legal_entity'],
      ['a company form as a word of its own', { fullName: 'АО «Клуб»' }, 'legal_entity'],
      ['a company form spelled out', { fullName: 'Общество с ограниченной ответственностью «Клуб»' }, 'legal_entity'],
      ['letters of a form inside a word', { fullName: 'Зоозаопарков Глеб' }, 'individual'],
      ['ИП with a tax id', { fullName: 'ИП Синицын Глеб', inn: PERSON_INN }, 'entrepreneur'],
      ['ИП behind the name', { name: 'Синицын Глеб ИП', inn: PERSON_INN }, 'entrepreneur'],
      ['ИП in parentheses', { fullName: 'Синицын Глеб (ИП)', inn: PERSON_INN }, 'entrepreneur'],
      ['ИП without a tax id', { fullName: 'ИП Синицын Глеб' }, 'individual'],
      ['a tax id of twelve digits alone', { fullName: 'Синицын Глеб', inn: PERSON_INN }, 'individual'],
      ['nothing else', {}, 'individual'],
    ] as const
    await imported(...cases.map(([id, given]) => customer({ id, name: 'Синицын', ...given })))
    const kinds = new Map((await stored('onec_id, kind')).map(({ onec_id, kind }) => [onec_id, kind]))
    for (const [id, , kind] of cases) expect([id, kinds.get(id)]).toEqual([id, kind])
  })

  test('with a wrong tax id come without it, with a warning', async () => {
    const wrong = ['0012345679', '001234567888', '001234567877', '12345', '00123456789', 'нет']
    const session = await imported(...wrong.map((inn) => customer({ id: inn, inn })))
    expect(session.status).toBe('COMPLETED')
    expect(countsOf(session, 'customers')).toEqual({ processed: 6, created: 6, warnings: 6 })
    expect(problemsOf(session)).toEqual(['warning bad_inn × 6'])
    expect(await query('select from customers where inn is not null')).toEqual([])
  })

  test('have a Russian phone as +7XXXXXXXXXX, and any other as it is written', async () => {
    const cases = [
      ['+7 (000) 123-45-67', '+70001234567'],
      ['80001234567', '+70001234567'],
      ['000 123 45 67', '+70001234567'],
      ['+375 00 123-45-67', '+375 00 123-45-67'],
      ['+49 0001 2345', '+49 0001 2345'],
      ['123-45-67 доб. 8', '123-45-67 доб. 8'],
    ] as const
    await imported(...cases.map(([phone]) => customer({ id: phone, phone })))
    const phones = new Map((await stored('onec_id, phone')).map(({ onec_id, phone }) => [onec_id, phone]))
    for (const [written, expected] of cases) expect(phones.get(written)).toBe(expected)
  })

  test('have contacts of any spelling of the type, and no postal address for an e-mail', async () => {
    const source = temporaryDirectory()
    const contact = (type: string, value: string) =>
      `<Контакт><Тип>${type}</Тип><Значение>${value}</Значение></Контакт>`
    const contacts = [
      contact('Почта', 'г. Заозёрск, ул. Спортивная, д. 1'),
      contact('Адрес электронной почты', 'Глеб &lt;A@EXAMPLE.com&gt;; b@example.com'),
      contact('Телефон рабочий', ''),
      contact('PhoneMobile', '8 000 1234567'),
    ]
    await writeRaw(
      source,
      'any.xml',
      xmlDocument(`<Контрагенты><Контрагент><Ид>c</Ид><ОфициальноеНаименование>Клуб</ОфициальноеНаименование>
        <Адрес><Представление>по месту</Представление></Адрес><Контакты>${contacts.join('')}</Контакты></Контрагент></Контрагенты>`),
    )
    await importNow(['customers'], source)
    expect(await stored('name, email, phone, address')).toEqual([
      { name: 'Клуб', email: 'a@example.com', phone: '+70001234567', address: 'по месту' },
    ])
  })

  test('keep a filled value when 1C sends an empty one, and take every other change', async () => {
    const full = { fullName: 'АО «Клуб»', inn: COMPANY_INN, kpp: '770001001', email: 'a@example.com' }
    await imported(customer({ id: 'c', ...full, phone: '80001234567', address: 'улица' }))
    const session = await imported(
      customer({ id: 'c', name: 'Новое имя', inn: '', kpp: '', email: '', phone: '', address: 'другая улица' }),
    )
    expect(countsOf(session, 'customers')).toEqual({ processed: 1, updated: 1 })
    expect(await stored('name, full_name, inn, kpp, email, phone, address')).toEqual([
      {
        name: 'Новое имя',
        full_name: 'АО «Клуб»',
        inn: COMPANY_INN,
        kpp: '770001001',
        email: 'a@example.com',
        phone: '+70001234567',
        address: 'другая улица',
      },
    ])
  })

  test('keep their name when 1C sends an empty one, whatever the full name is, and take the rest', async () => {
    await imported(customer({ id: 'c', name: 'Клуб' }), customer({ id: 'd', name: '', fullName: 'Дом' }))
    const session = await imported(
      customer({ id: 'c', name: '', fullName: 'ООО «Клуб»' }),
      customer({ id: 'd', name: '', phone: '80001234567' }),
    )
    expect(countsOf(session, 'customers')).toEqual({ processed: 2, updated: 2 })
    expect(await stored('onec_id, name, phone, kind')).toEqual([
      { onec_id: 'c', name: 'Клуб', phone: null, kind: 'legal_entity' },
      { onec_id: 'd', name: 'Дом', phone: '+70001234567', kind: 'individual' },
    ])
  })

  test('imported again are unchanged', async () => {
    const one = customer({ id: 'c', inn: COMPANY_INN, phone: '80001234567' })
    await imported(one)
    const before = await stored('*')
    expect(countsOf(await imported(one), 'customers')).toEqual({ processed: 1, unchanged: 1 })
    expect(await stored('*')).toEqual(before)
  })

  test('are matched by id only', async () => {
    const same = { name: 'Клуб', inn: COMPANY_INN, email: 'a@example.com', phone: '80001234567' }
    await imported(customer({ id: 'c1', ...same }), customer({ id: 'c2', ...same }), customer({ id: 'C1', ...same }))
    expect(await stored('onec_id')).toEqual([{ onec_id: 'C1' }, { onec_id: 'c1' }, { onec_id: 'c2' }])
  })

  test('marked as deleted are switched off, and on again when the mark goes', async () => {
    await imported(customer({ id: 'c' }))
    const session = await imported(customer({ id: 'c', deleted: true }))
    expect(countsOf(session, 'customers')).toEqual({ processed: 1, updated: 1, deactivated: 1 })
    await imported(customer({ id: 'c', deleted: false }))
    expect(await stored('is_active')).toEqual([{ is_active: true }])
  })

  test('without a name or an id are errors', async () => {
    const session = await imported(
      customer({ id: '' }),
      customer({ id: 'c', name: '' }),
      customer({ id: 'd' }),
      customer({ id: 'e' }),
    )
    expect(session.status).toBe('COMPLETED_WITH_ERRORS')
    expect(countsOf(session, 'customers')).toEqual({ processed: 4, created: 2, errors: 2 })
    expect(problemsOf(session)).toEqual(['error missing_id × 1', 'error missing_name × 1'])
  })
})

test('no personal data appear in problems or logs', async () => {
  const secrets = ['Ягодкин', 'Лидия', 'lidia.secret', '0001112233', '0012345679', '770009009', 'Тайная']
  const source = temporaryDirectory()
  const person = {
    name: 'Ягодкин Лидия',
    fullName: 'ИП Ягодкин Лидия',
    inn: '0012345679',
    kpp: '770009009',
    email: 'lidia.secret@example.com',
    phone: '80001112233',
    address: 'ул. Тайная, д. 1',
  }
  await writeExport(source, {
    customers: [
      customer({ id: 'c1', ...person }),
      customer({ id: 'c1', ...person, phone: '80001112234' }),
      customer({ id: 'c2', ...person, roles: ['Поставщик'] }),
      customer({ id: '', ...person }),
    ],
  })
  const { sessionId } = await start(['customers'], source)
  const worker = await startWorker({ LOG_LEVEL: 'trace' })
  await eventually(async () => expect((await sessionOf(sessionId)).finishedAt).not.toBeNull())

  const session = await sessionOf(sessionId)
  expect(countsOf(session, 'customers')).toMatchObject({ processed: 4, created: 1, skipped: 2, errors: 1 })
  const told = JSON.stringify([session, await query('select * from import_problems'), worker.log, worker.noise])
  expect(told).toContain('not_a_buyer')
  for (const secret of secrets) expect(told).not.toContain(secret)
})
