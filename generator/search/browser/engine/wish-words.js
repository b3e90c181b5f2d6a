// @ts-check
// The English words that express wishes in a query, as patterns for its words in lower case. A word in the group `key`,
// or a year, is the one that gets a plus if the wish is taken back.

export const WORKS = "papers?|articles?|works?|studies|publications?|preprints?";
const YEAR = "(?:1\\d|20)\\d\\d";

export const NEWEST = [
  `(?:the )?(?:most )?(?<key>recent|newest|latest)(?: (?:${WORKS}|advances|developments|results|research))?`,
  "(?:(?:published|written) )?(?<key>recently|lately)(?: published)?",
  "(?:(?:from|of|in) )?(?:the )?(?<key>last|past) (?:(?:few|couple of|two|three|five|\\d) )?years?",
  `(?<key>new|newer) (?:${WORKS})`,
  "what(?: is|'s)? (?<key>new)(?: (?:in|on|about|with))?",
];
export const OLDEST = [`(?:the )?(?<key>oldest|earliest)(?: (?:${WORKS}))?`, `(?:the )?(?<key>first) (?:${WORKS})`];
export const FIRST = ["(?:the )?(?:very )?(?<key>first)"]; // of its kind
const CODE_WORDS =
  "(?:(?:a|an|the|any|its|their|public|open|available|official|source|working) )*(?<key>code|implementations?|github)";
export const CODE = [
  `(?:(?:that|which) )?(?:with|having|has|have|include|includes|including) ${CODE_WORDS}(?: (?:available|online))?`,
  "(?:whose |and )?(?<key>code)(?: is)? (?:available|public|online)",
];
export const NO_CODE = [`(?:without|no) ${CODE_WORDS}`];
export const BEGINNERS = [
  "for (?:(?:a|an|the|absolute|complete|total) )*(?<key>beginners?|newcomers?|novices?|dummies|starters)",
  "(?:(?:a|an|gentle|good|short|first|basic) )*(?<key>introduction|intro) (?:to|into)",
  "(?:where|how) (?:(?:to|do|should|can|could|does|i|we|one|a|beginner|newcomer|best|first|get) )+(?<key>start|begin|started)(?: (?:with|in|on|reading|learning))*",
  "(?:to|should i|can i) read (?<key>first)",
  "getting (?<key>started)(?: (?:with|in|on))?",
  "(?:(?:i am|i'm|someone|people) |(?<=^ ))(?<key>new) to",
  `(?<key>introductory|beginners?)[ -](?:${WORKS}|friendly|guide|level|reading)`,
];
export const YEARS = [
  `(?:between|from) (?<from>${YEAR})(?: to | and | until | till |-| - )(?<to>${YEAR})`,
  `(?<from>${YEAR})(?: to |-| - )(?<to>${YEAR})`,
  `(?:since|from) (?<from>${YEAR})(?: onwards?| on| (?:and|or) (?:later|newer|after))`,
  `since (?<from>${YEAR})`,
  `(?<from>${YEAR})\\+`,
  `(?:in )?(?<from>${YEAR})(?: onwards?| (?:and|or) (?:later|newer|after|onwards?))`,
  `(?:published )?(?:after|later than|newer than) (?<after>${YEAR})`,
  `(?:published )?(?:before|prior to|earlier than|older than) (?<before>${YEAR})`,
  `(?:until|till|up to|through) (?<to>${YEAR})`,
  `(?:in )?(?<to>${YEAR}) (?:and|or) (?:earlier|older|before)`,
  `(?:published )?(?:(?:in|from|of|year) )?(?<year>${YEAR})`,
];
export const BY = ["(?:written |authored )?by"];
const ABOUT = "(?:about|on|for|in|with|using|of|from|by)";
export const ABOUT_WORD = new RegExp(`^${ABOUT}$`);
const ARTICLES = "(?: (?:a|an|the|any|all|more|extra|additional|further))*";
const USE = "(?:use|using|need|needing|require|requiring|involve|involving|rely on|relying on)";
export const EXCEPT = [
  `(?:(?:that|which) )?(?:(?:do|does) not|don't|doesn't|not) ${USE}${ARTICLES}`,
  `(?:without|excluding|except(?: for)?|other than|apart from|but nothing ${ABOUT}|nothing ${ABOUT})${ARTICLES}`,
];
export const NOT_ONES = [
  `(?:(?:but|and) )?(?:not ${ABOUT}|(?<=but )not|(?<=, )not|no|rather than|instead of)${ARTICLES}`,
];
export const BARE_NOT = ["not"];
export const OR = ["(?:or|nor|and)(?: (?:not|no))?"];
export const PREPOSITIONS = ["(?:for|on|in|about)(?: (?:a|an|the|all|any|your|my))*"];
export const KINDS = new RegExp(
  "^(?:surveys?|reviews?|overviews?|tutorials?|primers?|benchmarks?|data ?sets?|corpus|corpora|user stud(?:y|ies)|" +
    "human stud(?:y|ies)|case stud(?:y|ies)|empirical stud(?:y|ies)|comparisons?|theory|software|tools?|toolkits?|" +
    "library|libraries|position papers?|critiques?|textbooks?|replications?|metrics?)$",
);
export const BEGINNERS_KINDS = ["survey", "primer", "overview", "introduction", "tutorial", "textbook"];
/** Words before a "not" that only negates a verb. */
export const VERBAL = new Set(
  (
    "am are be been can cannot could did do does had has have he i if is it may might must or should that there they this " +
    "was we were whether which who why will would you"
  ).split(" "),
);

export const QUESTION_WORD = /^(?:what|where|when|how|whose|shall)$/;
