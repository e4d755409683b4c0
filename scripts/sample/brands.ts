/** Brands as 1C has them: some entered twice, spelled differently; each spelling has an id of its own. Made up. */
export const BRAND_SPELLINGS: readonly (readonly string[])[] = [
  ['Kordal', 'KORDAL'],
  ['Богатырь'],
  ['Nord Vik', 'Nordvik', 'NORD-VIK'],
  ['Velmora'],
  ['Атлант-Спорт', 'Атлант Спорт'],
  ['Strelko'],
  ['Таёжник', 'ТАЕЖНИК'],
  ['Ruvento Pro', 'RuventoPro'],
  ['Silago'],
  ['Метеорит'],
  ['Fortalis', 'Fortalis®'],
  ['Ледокол'],
  ['Aquarima'],
  ['Урал-Барс'],
  ['Zenkado'],
  ['Без бренда', 'БЕЗ БРЕНДА'],
]

export const COUNTRIES = ['КИТАЙ', 'РОССИЯ', 'ПАКИСТАН', 'БЕЛАРУСЬ', 'ТУРЦИЯ', 'ВЬЕТНАМ'] as const

export const MANUFACTURERS = [
  'ООО «Спортивная мануфактура», г. Киров, ул. Заводская, д. 4',
  'Ningbo Sunrise Sporting Goods Co., Ltd',
  'Sialkot Hands & Sons (Pvt) Ltd.',
  'ИП Лыткин А. В.',
  'ОАО "Витебский трикотаж"',
] as const
