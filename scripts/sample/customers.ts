// People and companies that do not exist: tax ids with the right check digits, mail at a reserved domain, numbers of a
// code that nobody has.
import { Dice, guidSeries } from '@/scripts/sample/dice'
import type { Customer } from '@/scripts/sample/model'

const SURNAMES = ['Берёзкин', 'Зимородков', 'Ласточкин', 'Первоцветов', 'Синицын', 'Тропинин', 'Ягодкин']
const NAMES = ['Артём', 'Вера', 'Глеб', 'Дарья', 'Егор', 'Лидия', 'Семён']
const COMPANIES = ['Атлет-Клуб', 'Вертикаль', 'Девятый вал', 'Меридиан-Спорт', 'Стадион', 'Чемпион+']
const CITIES = ['Верхнереченск', 'Заозёрск', 'Новокаменск', 'Среднегорье']

/** The customers of a seed, in order. */
export function* makeCustomers(seed: number, count: number): Generator<Customer> {
  const id = guidSeries(seed, 'customer')
  for (let index = 0; index < count; index++) {
    const dice = new Dice(seed, 7, index)
    const phone = `8 (000) ${digits(dice, 3)}-${digits(dice, 2)}-${digits(dice, 2)}`
    const common = {
      id: id(index),
      // Some sell to the company, and are no business of the shop.
      roles: dice.chance(0.1) ? ['Поставщик'] : dice.chance(0.1) ? ['Поставщик', 'Покупатель'] : ['Покупатель'],
      email: dice.chance(0.2) ? '' : `Client${index}@Example.com`,
      phone: dice.chance(0.3) ? phone.replace(/\D/g, '').replace(/^8/, '+7') : phone,
      address: dice.chance(0.2) ? '' : `г. ${dice.pick(CITIES)}, ул. Спортивная, д. ${dice.int(1, 99)}`,
    }
    const person = `${dice.pick(SURNAMES)} ${dice.pick(NAMES)}`
    const kind = dice.int(0, 3)
    if (kind <= 1) {
      const name = `${dice.pick(COMPANIES)} ${index}`
      yield { ...common, name, fullName: `ООО «${name}»`, inn: makeInn(dice, 10), kpp: `77${digits(dice, 7)}` }
    } else if (kind === 2) {
      yield { ...common, name: `${person} ИП`, fullName: `ИП ${person}`, inn: makeInn(dice, 12) }
    } else {
      yield { ...common, name: person, fullName: person, inn: '' }
    }
  }
}

const digits = (dice: Dice, count: number) => Array.from({ length: count }, () => dice.int(0, 9)).join('')

/** A tax id of 10 digits (a company) or 12 (a person), valid by its check digits and given to nobody: region 00. */
export function makeInn(dice: Dice, length: 10 | 12): string {
  const body = [0, 0, ...Array.from({ length: length === 10 ? 7 : 8 }, () => dice.int(0, 9))]
  const check = (weights: readonly number[]) => {
    const sum = weights.reduce((total, weight, place) => total + weight * (body[place] ?? 0), 0)
    body.push((sum % 11) % 10)
  }
  if (length === 10) check([2, 4, 10, 3, 5, 9, 4, 6, 8])
  else {
    check([7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
    check([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
  }
  return body.join('')
}
