// The grammar of CQL2 text (OGC 21-065r2, annex B), as one expression with
// precedence in place of the standard's kinds of expression: "(" is then never
// ambiguous, and a parse takes time in proportion to the text. What may stand where
// is checked afterwards, by check.go. It takes more than annex B in two points, both
// for people: a minus before any operand, and + before a number anywhere.

%{
package cql2
%}

%union {
	token  token
	expr   Expression
	exprs  []Expression
	shape  shape
	shapes []shape
	tokens []token
}

%token <token> tokenNAME tokenQUOTED tokenTEXT tokenNUMBER
%token <token> tokenAND tokenOR tokenNOT tokenLIKE tokenBETWEEN tokenIN tokenIS tokenNULL tokenTRUE tokenFALSE tokenDIV
%token <token> tokenOPERATION tokenDATE tokenTIMESTAMP tokenINTERVAL tokenBBOX
%token <token> tokenPOINT tokenLINESTRING tokenPOLYGON tokenMULTIPOINT tokenMULTILINESTRING tokenMULTIPOLYGON tokenGEOMETRYCOLLECTION
%token <token> '(' ')' ',' '+' '-' '*' '/' '%' '^' '=' '<' '>' tokenLESSEQUAL tokenGREATEREQUAL tokenNOTEQUAL tokenZ

%type <expr>   expression negation predicate sum product power unary primary property bound geometry simple
%type <exprs>  disjunction conjunction list arguments members
%type <token>  comparison sign multiplication number
%type <shape>  position pointText line polygon
%type <shapes> positions pointTexts lines polygons
%type <tokens> numbers

%%

filter:
	expression { cqllex.(*lexer).result = single($1) }

expression:
	disjunction { $$ = join("or", $1) }

disjunction:
	conjunction { $$ = []Expression{join("and", $1)} }
|	disjunction tokenOR conjunction { $$ = append($1, join("and", $3)) }

conjunction:
	negation { $$ = []Expression{$1} }
|	conjunction tokenAND negation { $$ = append($1, $3) }

negation:
	predicate
|	tokenNOT predicate { $$ = Call{Op: "not", Args: []Expression{single($2)}, At: $1.at} }

predicate:
	sum
|	sum comparison sum { $$ = call($2.text, $1, $3) }
|	sum tokenLIKE sum { $$ = like($2, $1, $3) }
|	sum tokenNOT tokenLIKE sum { $$ = negate(like($3, $1, $4)) }
|	sum tokenBETWEEN sum tokenAND sum { $$ = call("between", $1, $3, $5) }
|	sum tokenNOT tokenBETWEEN sum tokenAND sum { $$ = negate(call("between", $1, $4, $6)) }
|	sum tokenIN '(' list ')' { $$ = call("in", $1, List{Items: singles($4), At: $3.at}) }
|	sum tokenNOT tokenIN '(' list ')' { $$ = negate(call("in", $1, List{Items: singles($5), At: $4.at})) }
|	sum tokenIS tokenNULL { $$ = call("isNull", $1) }
|	sum tokenIS tokenNOT tokenNULL { $$ = negate(call("isNull", $1)) }

comparison:
	'=' | '<' | '>' | tokenLESSEQUAL | tokenGREATEREQUAL | tokenNOTEQUAL

sum:
	product
|	sum sign product { $$ = call($2.text, $1, $3) }

sign:
	'+' | '-'

product:
	power
|	product multiplication power { $$ = call($2.text, $1, $3) }

multiplication:
	'*' | '/' | '%' | tokenDIV { $$ = $1; $$.text = "div" }

power:
	unary
|	unary '^' unary { $$ = call("^", $1, $3) }

unary:
	primary
|	'-' primary { $$ = opposite($1.at, single($2)) }
|	'+' tokenNUMBER { $$ = Number{Value: $2.number, At: $1.at} }

primary:
	tokenTEXT { $$ = Text{Value: $1.text, At: $1.at} }
|	tokenNUMBER { $$ = Number{Value: $1.number, At: $1.at} }
|	tokenTRUE { $$ = Truth{Value: true, At: $1.at} }
|	tokenFALSE { $$ = Truth{Value: false, At: $1.at} }
|	property
|	tokenOPERATION '(' arguments ')' { $$ = operation($1, $3) }
|	tokenNAME '(' arguments ')' { $$ = cqllex.(*lexer).function($1, $3) }
|	'(' arguments ')' { $$ = group{items: $2, at: $1.at} }
|	tokenDATE '(' tokenTEXT ')' { $$ = cqllex.(*lexer).date($1, $3) }
|	tokenTIMESTAMP '(' tokenTEXT ')' { $$ = cqllex.(*lexer).timestamp($1, $3) }
|	tokenINTERVAL '(' bound ',' bound ')' { $$ = Interval{Start: $3, End: $5, At: $1.at} }
|	tokenBBOX '(' numbers ')' { $$ = cqllex.(*lexer).box($1, $3) }
|	geometry

property:
	tokenNAME { $$ = Property{Name: $1.text, At: $1.at} }
|	tokenQUOTED { $$ = Property{Name: $1.text, At: $1.at} }

arguments:
	{ $$ = nil }
|	list

list:
	expression { $$ = []Expression{$1} }
|	list ',' expression { $$ = append($1, $3) }

bound:
	tokenTEXT { $$ = cqllex.(*lexer).bound($1) }
|	property
|	tokenNAME '(' arguments ')' { $$ = cqllex.(*lexer).function($1, $3) }

geometry:
	simple
|	tokenGEOMETRYCOLLECTION height '(' members ')' { $$ = collection($1, $4) }

members:
	simple { $$ = []Expression{$1} }
|	members ',' simple { $$ = append($1, $3) }

simple:
	tokenPOINT height pointText { $$ = cqllex.(*lexer).geometry($1, $3) }
|	tokenLINESTRING height line { $$ = cqllex.(*lexer).geometry($1, $3) }
|	tokenPOLYGON height polygon { $$ = cqllex.(*lexer).geometry($1, $3) }
|	tokenMULTIPOINT height '(' positions ')' { $$ = cqllex.(*lexer).geometry($1, parts($3, $4)) }
|	tokenMULTIPOINT height '(' pointTexts ')' { $$ = cqllex.(*lexer).geometry($1, parts($3, $4)) }
|	tokenMULTILINESTRING height '(' lines ')' { $$ = cqllex.(*lexer).geometry($1, parts($3, $4)) }
|	tokenMULTIPOLYGON height '(' polygons ')' { $$ = cqllex.(*lexer).geometry($1, parts($3, $4)) }

height:
|	tokenZ

pointText:
	'(' position ')' { $$ = $2 }

pointTexts:
	pointText { $$ = []shape{$1} }
|	pointTexts ',' pointText { $$ = append($1, $3) }

line:
	'(' positions ')' { $$ = parts($1, $2) }

lines:
	line { $$ = []shape{$1} }
|	lines ',' line { $$ = append($1, $3) }

polygon:
	'(' lines ')' { $$ = parts($1, $2) }

polygons:
	polygon { $$ = []shape{$1} }
|	polygons ',' polygon { $$ = append($1, $3) }

positions:
	position { $$ = []shape{$1} }
|	positions ',' position { $$ = append($1, $3) }

position:
	number number { $$ = textPosition($1, $2) }
|	number number number { $$ = textPosition($1, $2) }

number:
	tokenNUMBER
|	'-' tokenNUMBER { $$ = $2; $$.at, $$.number = $1.at, negative($2.number) }
|	'+' tokenNUMBER { $$ = $2; $$.at = $1.at }

numbers:
	number { $$ = []token{$1} }
|	numbers ',' number { $$ = append($1, $3) }

%%
