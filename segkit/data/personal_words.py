"""How columns are called that tell who a customer is, and what stands in them; without accents, ß as ss."""

STREETS = (
    *("street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "blvd", "boulevard", "court"),
    *("rue", "chemin", "impasse", "allee", "calle", "avenida", "av", "paseo", "plaza", "carrera", "via", "viale"),
    *(
        "piazza",
        "corso",
        "rua",
        "travessa",
        "praca",
        "ulica",
        "ul",
        "weg",
        "platz",
        "gasse",
        "strasse",
        "str",
        "square",
    ),
)
FIRST_NAMES = {
    *(
        "anna",
        "anne",
        "ann",
        "maria",
        "marie",
        "mary",
        "john",
        "james",
        "robert",
        "michael",
        "mike",
        "william",
        "david",
    ),
    *("richard", "joseph", "thomas", "tom", "charles", "christopher", "daniel", "matthew", "mark", "paul", "peter"),
    *("steven", "andrew", "george", "edward", "susan", "sarah", "sara", "jessica", "jennifer", "linda", "elizabeth"),
    *(
        "emma",
        "emily",
        "olivia",
        "sophie",
        "sophia",
        "laura",
        "julia",
        "lisa",
        "karen",
        "nancy",
        "kate",
        "hans",
        "karl",
    ),
    *("klaus", "jurgen", "wolfgang", "uwe", "stefan", "stephan", "andreas", "martin", "sabine", "petra", "monika"),
    *("ursula", "heike", "claudia", "katrin", "jan", "lukas", "felix", "jean", "pierre", "jacques", "michel"),
    *("philippe", "francois", "nicolas", "isabelle", "nathalie", "sylvie", "catherine", "camille", "chloe", "jose"),
    *(
        "juan",
        "carlos",
        "luis",
        "miguel",
        "antonio",
        "manuel",
        "francisco",
        "carmen",
        "ana",
        "isabel",
        "lucia",
        "elena",
    ),
    *("marco", "luca", "giuseppe", "giovanni", "francesco", "paolo", "giulia", "chiara", "francesca", "joao", "pedro"),
    *("paulo", "mohammed", "ahmed", "ali", "fatima", "omar", "ivan", "olga", "natalia", "piotr", "katarzyna"),
}
PHONE_WORDS = {
    *("phone", "phones", "telephone", "cellphone", "smartphone", "tel", "telefon", "telefonnummer", "telefonnr", "fax"),
    *("handy", "handynummer", "mobilnummer", "mobiltelefon", "rufnummer", "mobile", "msisdn", "whatsapp", "gsm"),
    *("telefono", "telefone", "celular", "cellulare", "movil", "portable", "telefoon", "telefoonnummer", "phonenumber"),
}
ACCOUNT_WORDS = {
    *("iban", "passport", "ssn", "reisepass", "passeport", "pasaporte", "personalausweis", "ausweisnummer", "nif"),
    *("dni", "sozialversicherungsnummer", "steuernummer", "kontonummer", "kreditkartennummer", "cpf"),
}
ACCOUNT_PAIRS = ({"card", "number"}, {"card", "no"}, {"account", "number"}, {"social", "security"}, {"national", "id"})
ADDRESS_WORDS = {
    *("address", "addresses", "street", "strasse", "anschrift", "adresse", "hausanschrift", "wohnadresse", "domicilio"),
    *("direccion", "calle", "rue", "indirizzo", "endereco", "adres", "straat", "addressline", "streetaddress"),
}
NAME_WORDS = {
    *("surname", "forename", "firstname", "lastname", "fullname", "middlename", "familyname", "givenname", "maiden"),
    *("vorname", "nachname", "familienname", "kundenname", "zuname", "prenom", "apellido", "apellidos", "cognome"),
    *("sobrenome", "apelido", "voornaam", "achternaam", "imie", "nazwisko", "fornamn", "efternamn", "customername"),
}
# Words for a name that may be that of a product or a shop, and words that say whose it is.
NAME = {"name", "names", "nom", "nombre", "nome", "naam", "navn", "namn"}
WHOSE = {
    *("first", "last", "full", "middle", "family", "given", "customer", "client", "user", "member", "person"),
    *("contact", "holder", "kunde", "kunden", "famille", "cliente", "completo", "complet", "klant"),
}
# Parts of the names of dates as old as people that are no birthdays.
NOT_OF_PEOPLE = ("buil", "found", "constr", "model", "open", "since", "regist", "join")
