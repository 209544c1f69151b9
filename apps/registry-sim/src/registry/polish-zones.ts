/**
 * The zones under which the Polish registry registers names: .pl itself, its functional and regional second-level zones, and gov.pl with
 * the zones of offices below it. A name below a zone that is missing here would be read as one below a registrable name of .pl.
 */
export function polishZones(): readonly string[] {
  const under = (zone: string, labels: string) =>
    labels
      .trim()
      .split(/\s+/)
      .map((label) => `${label}.${zone}`)
  return ['pl', ...under('pl', functional), ...under('pl', regional), 'gov.pl', ...under('gov.pl', offices)]
}

/** By what names are for. */
const functional = `
  aid agro atm auto biz com edu gmina gsm info mail miasta media mil net nieruchomosci nom org pc
  powiat priv realestate rel sex shop sklep sos szkola targi tm tourism travel turystyka`

/** By where their holders are. */
const regional = `
  augustow babia-gora bedzin beskidy bialowieza bialystok bielawa bieszczady boleslawiec bydgoszcz
  bytom cieszyn czeladz czest dlugoleka elblag elk glogow gniezno gorlice grajewo ilawa jaworzno
  jelenia-gora jgora kalisz karpacz kartuzy kaszuby katowice kazimierz-dolny kepno ketrzyn klodzko
  kobierzyce kolobrzeg konin konskowola kutno lapy lebork legnica lezajsk limanowa lomza lowicz
  lubin lukow malbork malopolska mazowsze mazury mielec mielno mragowo naklo nowaruda nysa olawa
  olecko olkusz olsztyn opoczno opole ostroda ostroleka ostrowiec ostrowwlkp pila pisz podhale
  podlasie polkowice pomorskie pomorze prochowice pruszkow przeworsk pulawy radom rawa-maz rybnik
  rzeszow sanok sejny skoczow slask slupsk sosnowiec stalowa-wola starachowice stargard suwalki
  swidnica swiebodzin swinoujscie szczecin szczytno tarnobrzeg tgory turek tychy ustka walbrzych
  warmia warszawa waw wegrow wielun wlocl wloclawek wodzislaw wolomin wroclaw zachpomor zagan
  zarow zgora zgorzelec`

/** Kinds of public offices. */
const offices = `
  ap griw ic is kmpsp konsulat kppsp kwp kwpsp mup mw oia oirm oke oow oschr oum pa pinb piw po pr
  psp psse pup rzgw sa sdn sko so sr starostwo ug ugim um umig upow uppo us uw uzs wif wiih winb
  wios witd wiw wkz wsa wskr wsse wuoz wzmiuw zp zpisdn`
